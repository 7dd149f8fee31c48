// What echarts' server-side rendering asks of its surroundings, and the one
// function that Go calls: render(option maker, width, height) → SVG source.
var echarts, console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }
function clearTimeout() {}
function render(make, width, height) {
  var option = make(echarts);
  option.animation = false;
  if (!option.backgroundColor || option.backgroundColor === 'transparent') option.backgroundColor = '#fff';
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
