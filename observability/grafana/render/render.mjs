// Draws a dashboard with the data of a running Prometheus, and stores it as a picture.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const usage = `node render.mjs DASHBOARD.json [--out FILE.png] [--prometheus URL] [--minutes N] [--to TIME]
  [--width PIXELS] [--rate-interval 1m] [--var NAME=VALUE]... [--theme dark|light]`;

const grafana = join(import.meta.dirname, 'node_modules/@grafana');
const HTML = '<!doctype html><body style="margin: 0"><div id="dashboard"></div></body>';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'dashboard.png' },
    prometheus: { type: 'string', default: 'http://127.0.0.1:19090' },
    minutes: { type: 'string', default: '15' },
    to: { type: 'string', default: new Date().toISOString() },
    width: { type: 'string', default: '1400' },
    'rate-interval': { type: 'string', default: '1m' },
    var: { type: 'string', multiple: true, default: [] },
    theme: { type: 'string', default: 'dark' },
  },
});
if (positionals.length !== 1) {
  console.error(usage);
  process.exit(2);
}

const dashboard = JSON.parse(readFileSync(positionals[0], 'utf8'));
const width = Number(options.width);
const to = Math.floor(Date.parse(options.to) / 1000);
const from = to - Number(options.minutes) * 60;

// The variables of the command line, and the built-in ones. A variable that is not given matches everything.
const variables = new Map([
  ...dashboard.templating.list.map(({ name }) => [name, '.*']),
  ...options.var.map((assignment) => assignment.split(/=(.*)/s).slice(0, 2)),
  ['__rate_interval', options['rate-interval']],
]);
const replaced = (text) => text.replace(/\$\{?(\w+)(?::\w+)?\}?/g, (all, name) => variables.get(name) ?? all);

async function query(panel, { expr, instant, interval }) {
  const step = Math.max(parseInt(interval ?? '5'), Math.ceil((to - from) / ((width * panel.gridPos.w) / 24)));
  const parameters = instant ? { time: to } : { start: from - (from % step), end: to, step };
  const response = await fetch(`${options.prometheus}/api/v1/${instant ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: new URLSearchParams({ query: replaced(expr), ...parameters }),
  });
  const { data, error } = await response.json();
  if (error) throw new Error(`${panel.title}: ${error}`);
  return { step, result: data.result };
}

const panels = [];
for (const panel of dashboard.panels) {
  const results = [];
  for (const target of panel.targets ?? []) {
    results.push({ ...target, ...(await query(panel, target)) });
  }
  panels.push({ ...panel, results });
  if (panel.targets && results.every(({ result }) => result.length === 0)) console.log(`no data: ${panel.title}`);
}

// The ES modules of Grafana import CommonJS modules in a way that only works with other bundlers.
const commonJs = {
  name: 'grafana-as-commonjs',
  setup: (bundler) =>
    bundler.onResolve({ filter: /^@grafana\// }, ({ path, resolveDir, kind }) =>
      kind === 'require-call' ? null : bundler.resolve(path, { resolveDir, kind: 'require-call' }),
    ),
};

const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, 'page.tsx')],
  bundle: true,
  write: false,
  outdir: 'out',
  format: 'iife',
  jsx: 'automatic',
  plugins: [commonJs],
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.svg': 'dataurl', '.ttf': 'empty', '.woff': 'empty', '.woff2': 'empty', '.png': 'empty' },
  logLevel: 'error',
});
const bundled = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width, height: 1000 }, deviceScaleFactor: 1 });
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  // A page of its own origin, which the components expect, and their icons. Nothing is requested from the network.
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const file = join(grafana, 'ui/dist', pathname);
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: HTML });
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  });
  await page.goto('http://dashboard.invalid/');
  await page.addStyleTag({ content: bundled('.css') });
  await page.addScriptTag({ content: bundled('.js') });
  await page.evaluate((data) => window.draw(data), {
    title: dashboard.title,
    panels,
    width,
    from: from * 1000,
    to: to * 1000,
    theme: options.theme,
  });
  await page.waitForTimeout(1500); // the charts draw after they are laid out
  await page.locator('#dashboard').screenshot({ path: options.out });
  console.log(options.out);
} finally {
  await browser.close();
}
