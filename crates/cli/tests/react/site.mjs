// A product in React, for tests in a browser: the SDK's example page, rendered here and brought to
// life there, and the SDK on its server. It is run in a built copy of the SDK with the React that is
// tested beside it; it says where it listens, and reads where the service is from its input.
//
// What browsers load is made here: React is CommonJS, so its files are put into one module.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const here = process.cwd();
const requires = createRequire(join(here, 'package.json'));
const PACKAGES = ['react', 'react/jsx-runtime', 'react-dom/client'];

/** Every file that these packages need, by its path. */
function files(names) {
  const found = new Map();
  const visit = (file) => {
    if (found.has(file)) return;
    const text = readFileSync(file, 'utf8');
    const asked = [...text.matchAll(/\brequire\(['"]([^'"]+)['"]\)/g)].map(([, name]) => name);
    const at = createRequire(file);
    const needs = asked.filter((name) => !/production|profiling/.test(name));
    const to = Object.fromEntries(needs.map((name) => [name, at.resolve(name)]));
    found.set(file, { text, to });
    Object.values(to).forEach(visit);
  };
  for (const name of names) visit(requires.resolve(name));
  return found;
}

/** All of them as one module that has `of(name)`. */
function commons() {
  const parts = [...files(PACKAGES)].map(([file, { text, to }]) => {
    const body = `(module, exports, require) => {${text}\n}`;
    return `${JSON.stringify(file)}: [${body}, ${JSON.stringify(to)}]`;
  });
  const entries = Object.fromEntries(PACKAGES.map((name) => [name, requires.resolve(name)]));
  return `const process = { env: { NODE_ENV: 'development' } };
    const files = {${parts.join(',\n')}};
    const made = {};
    const load = (file) => {
      if (!made[file]) {
        made[file] = { exports: {} };
        files[file][0](made[file], made[file].exports, (name) => load(files[file][1][name]));
      }
      return made[file].exports;
    };
    const entries = ${JSON.stringify(entries)};
    export const of = (name) => load(entries[name]);`;
}

/** A package as a module, with its names. */
function named(name) {
  const names = Object.keys(requires(name)).filter((one) => one !== 'default');
  return `import { of } from '/m/commons.js'; const it = of('${name}'); export default it;
    export const { ${names.join(', ')} } = it;`;
}

/** A module of the SDK or of the example, as browsers find what it asks for. */
function module(file) {
  return readFileSync(join(here, file), 'utf8')
    .replaceAll('"@probity/sdk/react"', '"/m/dist/react.js"')
    .replaceAll(/from "(react[^"]*)"/g, 'from "/m/package/$1.js"');
}

const MAIN = `import { StrictMode, createElement } from '/m/package/react.js';
  import { hydrateRoot } from '/m/package/react-dom/client.js';
  import Drafts from '/m/.build/examples/button.js';
  const app = document.querySelector('#app');
  const drafts = (user) =>
    createElement(StrictMode, null, createElement(Drafts, { billing: app.dataset.billing, user }));
  const root = hydrateRoot(app, drafts('ana'));
  globalThis.signsIn = (user) => root.render(drafts(user));`;

function script(path) {
  if (path === '/m/main.js') return MAIN;
  if (path === '/m/commons.js') return commons();
  const name = path.match(/^\/m\/package\/(.+)\.js$/)?.[1];
  return name ? named(name) : module(path.replace('/m/', ''));
}

/** The page as the server renders it, under the strictest policy. */
async function page({ url }) {
  const { createElement, StrictMode } = requires('react');
  const { renderToString } = requires('react-dom/server');
  const { default: Drafts } = await import(pathToFileURL(join(here, '.build/examples/button.js')));
  const drafts = createElement(Drafts, { billing: url, user: 'ana' });
  const inside = renderToString(createElement(StrictMode, null, drafts));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Drafts</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:">
    <script type="module" src="/m/main.js"></script></head>
    <body><main><h1>Drafts</h1><div id="app" data-billing="${url}">${inside}</div></main></body></html>`;
}

const policy = (url) =>
  `default-src 'none'; script-src 'self' ${url}; connect-src 'self' ${url}; img-src data:; ` +
  "style-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";

/** What the product's own routes answer: the user is whoever the cookie says. */
async function answer(request, service) {
  const { Probity, ProbityError } = await import(pathToFileURL(join(here, 'dist/index.js')));
  const probity = new Probity(service);
  const customer = /user=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'ana';
  try {
    if (request.url === '/billing/token') return [200, await probity.token(customer)];
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = { customer, ...JSON.parse(Buffer.concat(chunks)) };
    const { receipt } = await probity.run('tailor_document', asked, () => 'a letter');
    return [200, { words: receipt.words, seq: receipt.seq }];
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error;
    return [error.status, error.problem];
  }
}

let found;
const service = new Promise((done) => (found = done));
createInterface({ input: process.stdin }).on('line', (line) => found(JSON.parse(line)));
const server = createServer(async (request, response) => {
  const at = await service;
  const says = (status, type, text) =>
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  if (request.method === 'POST') {
    const [status, body] = await answer(request, at);
    return says(status, 'application/json', JSON.stringify(body));
  }
  if (request.url.startsWith('/m/')) return says(200, 'text/javascript', script(request.url));
  response.setHeader('content-security-policy', policy(at.url));
  return says(200, 'text/html; charset=utf-8', await page(at));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
