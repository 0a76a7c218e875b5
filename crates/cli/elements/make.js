// How nodes are made: from strings as text, never from strings as HTML. Nothing here knows a price.

/** @typedef {Node|string|number|null|undefined|false} Inside */

/**
 * A node with attributes, listeners (`onclick`) and what is inside.
 * @param {string} tag
 * @param {Record<string, any>|null} [props]
 * @param {...(Inside|Inside[])} inside
 * @returns {any}
 */
function make(tag, props, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value == null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  const nodes = inside
    .flat()
    .filter((one) => one != null && one !== false && one !== '' && one !== 0);
  node.append(.../** @type {(Node|string)[]} */ (nodes));
  return node;
}

/**
 * A node with a part of the same name as its class, by which pages style it.
 * @param {string} tag
 * @param {string} part
 * @param {...(Inside|Inside[])} inside
 */
function part(tag, part, ...inside) {
  return make(tag, { part, class: part }, ...inside);
}

/**
 * Words that come from the contract or from people: in the direction that they are written in.
 * @param {string} tag
 * @param {string} name
 * @param {unknown} words
 */
function said(tag, name, words) {
  return make(tag, { part: name, class: name, dir: 'auto' }, words == null ? '' : String(words));
}

/**
 * A button.
 * @param {string} words
 * @param {(event: Event) => void} onclick
 * @param {string} [kind]
 */
function button(words, onclick, kind = 'button') {
  return make('button', { type: 'button', part: kind, class: kind, dir: 'auto', onclick }, words);
}

/**
 * Where a link of the contract may lead: to a place of the product's site, or by http(s).
 * @param {unknown} href
 * @returns {string|null}
 */
function safePlace(href) {
  if (typeof href !== 'string' || href === '') return null;
  try {
    const url = new URL(href, setUp.site ?? document.baseURI);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A link, or the words alone where it may not lead there.
 * @param {unknown} href
 * @param {string} words
 * @param {string} [kind]
 */
function link(href, words, kind = 'link') {
  const to = safePlace(href);
  if (!to) return said('span', 'way', words);
  const rel = new URL(to).origin === location.origin ? null : 'noopener noreferrer';
  return make('a', { href: to, rel, part: kind, class: kind, dir: 'auto' }, words);
}

/**
 * Pairs of a term and what is said of it.
 * @param {string} name
 * @param {[string, Inside|Inside[]][]} pairs
 */
function pairs(name, pairs) {
  return part(
    'dl',
    name,
    ...pairs.map(([term, inside]) =>
      make('div', null, said('dt', 'term', term), make('dd', { dir: 'auto' }, inside)),
    ),
  );
}
