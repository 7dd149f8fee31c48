// The part of a page that all charts share: it unpacks echarts and turns the
// static images into live charts. `g` is window.goblazeCharts, `packed` the
// library as base64 gzip. Nothing here may leave a name in the page but g.
var waiting = g.queue || (g.queue = []);
var live = [];

function unpack() {
  if (!window.DecompressionStream) return Promise.reject(new Error('this browser cannot unpack gzip'));
  var text = atob(packed), bytes = new Uint8Array(text.length);
  for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  packed = '';
  var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text().then(function (code) {
    // The parameters hide a page's RequireJS, CommonJS and globals from it.
    var make = new Function('define', 'exports', 'module', 'require', code + '\nreturn echarts;');
    return make.call(window);
  });
}

// Dark is what the front end says, else what the ground behind el looks like.
function isDark(el) {
  var body = document.body, root = document.documentElement;
  var jp = body.getAttribute('data-jp-theme-light');
  if (jp) return jp === 'false';
  if (/(^| )vscode-(dark|high-contrast)( |$)/.test(body.className)) return true;
  if (root.getAttribute('theme') === 'dark') return true; // Colab
  for (; el; el = el.parentElement) {
    var c = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?/.exec(getComputedStyle(el).backgroundColor);
    if (c && (c[4] === undefined || +c[4] > 0.5)) return 0.299 * c[1] + 0.587 * c[2] + 0.114 * c[3] < 128;
  }
  return /dark/.test(getComputedStyle(root).colorScheme) && matchMedia('(prefers-color-scheme: dark)').matches;
}

function Live(el, job, echarts) {
  var img = el.querySelector('img'), box = null, chart = null, dark = null, failed = false;
  function height() { return Math.round(Math.min(job.height, Math.max(240, el.clientWidth * job.height / job.width))); }
  function draw() {
    dark = isDark(el.parentElement);
    var option = job.option(echarts);
    if (!option.backgroundColor) option.backgroundColor = 'transparent';
    if (chart) chart.dispose();
    chart = echarts.init(box, dark ? 'dark' : null, { renderer: 'svg' });
    chart.setOption(option);
  }
  function start() {
    box = document.createElement('div');
    box.className = 'goblaze-live';
    box.style.cssText = 'width:100%;height:' + height() + 'px';
    box.setAttribute('role', 'img');
    if (img) box.setAttribute('aria-label', img.alt);
    el.appendChild(box);
    try {
      draw();
      if (img) img.style.display = 'none';
    } catch (e) {
      failed = true;
      stop();
      el.removeChild(box);
      if (img) img.style.display = '';
      console.warn('GoBlaze: the chart stays an image:', e);
    }
  }
  function stop() {
    sizes.disconnect();
    live = live.filter(function (l) { return l !== self; });
    if (chart) chart.dispose();
    chart = null;
  }
  var self = { theme: function () { if (chart && isDark(el.parentElement) !== dark) draw(); } };
  function fit() {
    if (!el.isConnected) return stop();
    if (el.clientWidth === 0 || failed) return;
    if (!box) return start();
    box.style.height = height() + 'px';
    if (chart) chart.resize();
  }
  // What an observer changes in its own call it is told of again, as an error.
  var sizes = new ResizeObserver(function () { requestAnimationFrame(fit); });
  live.push(self);
  sizes.observe(el);
}

function upgrade(job, echarts) {
  var all = document.querySelectorAll('[data-goblaze-chart="' + job.id + '"]:not([data-goblaze-live])');
  for (var i = 0; i < all.length; i++) {
    all[i].setAttribute('data-goblaze-live', '');
    Live(all[i], job, echarts);
  }
  return all.length > 0;
}

// Some front ends run a script before its output is on the page.
function retry(job, echarts, left) {
  if (upgrade(job, echarts) || left === 0) return;
  setTimeout(function () { retry(job, echarts, left - 1); }, 100);
}

function themes() { live.slice().forEach(function (l) { l.theme(); }); }

var library = unpack();
g.run = function () {
  library.then(function (echarts) {
    waiting.splice(0).forEach(function (job) { retry(job, echarts, 300); });
  }, function (e) { console.warn('GoBlaze: charts stay images:', e); });
};
library.then(function () {
  var watch = new MutationObserver(themes), what = { attributes: true, attributeFilter: ['class', 'style', 'theme', 'data-jp-theme-light', 'data-jp-theme-name', 'data-theme'] };
  watch.observe(document.documentElement, what);
  watch.observe(document.body, what);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themes);
}, function () {});
g.run();
