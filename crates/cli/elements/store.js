// What the elements of a page share: each thing is fetched once, kept, and fetched anew when
// something has happened. Never shown: less than was seen before, or anything of somebody else.

/**
 * @typedef {object} Kept
 * @property {() => Promise<any>} fetch
 * @property {any} data what is known; null: nothing
 * @property {Trouble|null} trouble why it is not known, or not known better
 * @property {Date|null} at when `data` was true
 * @property {Set<() => void>} watchers
 * @property {boolean} busy a request runs
 * @property {boolean} again something happened meanwhile
 * @property {number} failed how often in a row
 * @property {any} timer
 */

/** @type {Map<string, Kept>} */
const shelf = new Map();
/** The last entry of the books that was seen, in answers and events. */
let seenSeq = 0;
/** Grows when what was known is for somebody else. */
let era = 0;

/**
 * How long to wait: anything up to twice as long each time, so that pages that lost the service
 * together do not come back together.
 * @param {number} failed how often in a row
 * @param {number} [first] the longest wait of the first time
 */
function backoff(failed, first = 2000) {
  return Math.random() * Math.min(60_000, first * 2 ** Math.min(failed, 9));
}

/**
 * What the elements need, by name; what stands behind a colon of a key is handed on.
 * @type {Record<string, (of: string) => Promise<any>>}
 */
const SOURCES = {
  wallet: () => api('GET', own('/wallet')),
  prices: () => api('GET', own('/prices')),
  customer: () => api('GET', own('')),
  runs: () => api('GET', own('/runs?limit=20')),
  contract,
  check: (of) =>
    api(
      'POST',
      () => '/v1/check',
      ({ customer }) => ({ customer, ...JSON.parse(of) }),
    ),
};

/**
 * One of them, or a check: `check:` and its body as JSON.
 * @param {string} key
 * @returns {Kept}
 */
function kept(key) {
  let found = shelf.get(key);
  if (!found) {
    const [name] = key.split(':', 1);
    const of = key.slice(name.length + 1);
    found = {
      fetch: () => SOURCES[name](of),
      data: null,
      trouble: null,
      at: null,
      watchers: new Set(),
      busy: false,
      again: false,
      failed: 0,
      timer: 0,
    };
    shelf.set(key, found);
  }
  return found;
}

/**
 * From now on `changed` is called when this changes. Answers with what ends it.
 * @param {string} key
 * @param {() => void} changed
 */
function watch(key, changed) {
  const one = kept(key);
  one.watchers.add(changed);
  if (!one.busy && (!one.data || one.trouble)) void load(key);
  listen();
  return () => {
    one.watchers.delete(changed);
    // What is only moved in the page is watched again at once.
    setTimeout(sweep);
  };
}

/** What nobody watches is neither kept nor asked for. */
function sweep() {
  for (const [key, one] of shelf) {
    if (one.watchers.size) continue;
    clearTimeout(one.timer);
    shelf.delete(key);
  }
  if (!isWatched()) hangUp();
}

/**
 * Fetches it, once at a time: what happens meanwhile is fetched afterwards.
 * @param {string} key
 */
async function load(key) {
  const one = shelf.get(key);
  if (!one) return;
  if (one.busy) {
    one.again = true;
    return;
  }
  if (!isSetUp() && key !== 'contract') return;
  clearTimeout(one.timer);
  one.busy = true;
  one.again = false;
  const began = era;
  try {
    const data = await one.fetch();
    if (began !== era) throw null;
    take(one, data);
  } catch (trouble) {
    if (began === era) fail(key, one, trouble instanceof Trouble ? trouble : new Trouble('away'));
  }
  one.busy = false;
  if (shelf.get(key) !== one) clearTimeout(one.timer);
  else if (one.again || began !== era) void load(key);
  else tell(one);
}

/**
 * An answer that is older than what was seen is not shown; it is asked for again, soon.
 * @param {Kept} one
 * @param {any} data
 */
function take(one, data) {
  const isOthers = typeof data.customer === 'string' && data.customer !== known?.customer;
  if (isOthers) throw new Trouble('signed_out');
  if (typeof data.as_of_seq === 'number' && data.as_of_seq < seenSeq) throw new Trouble('old');
  seenSeq = Math.max(seenSeq, data.as_of_seq ?? 0);
  Object.assign(one, { data, trouble: null, at: new Date(), failed: 0 });
}

/**
 * The last known stays where the server is away, and goes where it is no longer theirs to see.
 * @param {string} key
 * @param {Kept} one
 * @param {Trouble} trouble
 */
function fail(key, one, trouble) {
  one.failed += 1;
  if (trouble.kind !== 'old') one.trouble = trouble;
  if (trouble.kind !== 'old' && trouble.kind !== 'away') one.data = null;
  // Whoever signs in again elsewhere, or is made known, finds it without being asked to come back.
  // What was asked for wrongly stays wrong.
  if (trouble.kind === 'refused' && trouble.problem.status !== 404) return;
  const again = () => {
    // Whoever looks again asks anew.
    if (document.visibilityState !== 'hidden') void load(key);
  };
  one.timer = setTimeout(again, trouble.wait + backoff(one.failed));
}

/** @param {Kept} one */
function tell(one) {
  for (const changed of [...one.watchers]) changed();
}

/** @type {any} */
let refreshing = 0;

/** Fetches anew whatever is shown: once, however much happens at a time. */
function refresh() {
  if (refreshing) return;
  refreshing = setTimeout(() => {
    refreshing = 0;
    for (const key of shelf.keys()) void load(key);
  }, 20);
}

/**
 * Is anything shown that was true before this entry, or may have been?
 * @param {number} seq
 */
function isShownBefore(seq) {
  return [...shelf.values()].some(({ data, trouble }) => trouble || data?.as_of_seq < seq);
}

/** Is anything shown as true that nobody doubts yet? */
function isBelieved() {
  return [...shelf.values()].some(({ data, trouble }) => data && !trouble);
}

/**
 * This much of the books has been written.
 * @param {unknown} seq
 */
function seen(seq) {
  if (typeof seq === 'number' && Number.isSafeInteger(seq)) seenSeq = Math.max(seenSeq, seq);
}

/**
 * Nothing that was known is shown any more: it is about somebody else.
 * @param {boolean} isOther somebody was set up before: what the page showed was for them
 */
function forget(isOther) {
  era += 1;
  if (isOther) {
    for (const element of all) element.forgets();
    for (const { shadowRoot } of document.querySelectorAll('probity-dialog'))
      shadowRoot?.querySelector('dialog')?.close();
  }
  seenSeq = 0;
  hangUp();
  for (const [key, one] of shelf) {
    if (key === 'contract') continue;
    Object.assign(one, { data: null, trouble: null, at: null, failed: 0 });
    tell(one);
    void load(key);
  }
  listen();
}
