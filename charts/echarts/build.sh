#!/bin/sh
# Makes charts/echarts/echarts.min.js.gz from npm's echarts (needs node, npm
# and the npm registry). Run it after a change of entry.js or package.json and
# commit the result; nobody else needs it. The versions are those of
# package-lock.json, so the same input gives the same bytes.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json entry.js compress.js "$work"
(
  cd "$work"
  npm ci --no-audit --no-fund --silent
  # The licence notes of echarts, zrender and tslib stay as a banner.
  node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=echarts \
    --target=es2017 --charset=utf8 --legal-comments=none --log-level=warning \
    --define:process.env.NODE_ENV='"production"' \
    --banner:js='/*! echarts 5.6.0, Apache-2.0, (c) The Apache Software Foundation; zrender, BSD-3-Clause, (c) Baidu Inc.; tslib, 0BSD, (c) Microsoft. Notices: charts/echarts/NOTICE */' \
    --outfile=echarts.min.js
  node compress.js echarts.min.js echarts.min.js.gz
)
cat "$work"/node_modules/echarts/NOTICE > NOTICE
{
  printf '\n---- echarts: LICENSE\n\n'; cat "$work"/node_modules/echarts/LICENSE
  printf '\n---- zrender: LICENSE\n\n'; cat "$work"/node_modules/zrender/LICENSE
  printf '\n---- tslib: LICENSE\n\n'; cat "$work"/node_modules/tslib/LICENSE.txt
} >> NOTICE
mv "$work"/echarts.min.js.gz echarts.min.js.gz
