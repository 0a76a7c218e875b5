// What happens to the customer's wallet and runs, as it happens: server-sent events, read by fetch
// because they want a token. Whatever comes, what is shown is fetched anew.

/** The longest silence: the server sends a sign of life every 15 seconds. */
const SILENCE = 45_000;
/** The longest event. */
const LONGEST_EVENT = 262_144;
/** A line that stood so long was a good one. */
const STEADY = 60_000;

/** @type {AbortController|null} */
let line = null;
let lastEvent = '';
/** How often in a row it broke before it was of use. */
let hungUp = 0;
/** The longest wait of the first time, as the stream says. */
let pause = 2000;
/** @type {any} */
let redial = 0;

/** Is anything shown that changes? */
function isWatched() {
  return [...shelf.keys()].some((key) => key !== 'contract');
}

/** Begins to listen, where somebody looks at the page. */
function listen() {
  if (line || !isSetUp() || !isWatched() || document.visibilityState === 'hidden') return;
  const mine = new AbortController();
  line = mine;
  clearTimeout(redial);
  void hear(mine)
    .catch((error) => {
      // Not to be had any more: what is shown says so, or goes.
      if (error instanceof Trouble && isBelieved()) refresh();
      return 0;
    })
    .then((wait) => {
      if (line !== mine) return;
      line = null;
      redial = setTimeout(listen, wait + backoff(hungUp++, pause));
    });
}

/** Ends it: one open request for each page is one of the few that browsers allow. */
function hangUp() {
  clearTimeout(redial);
  line?.abort();
  line = null;
}

/**
 * Listens until it ends; answers how long the service wants to be left alone.
 * @param {AbortController} on
 * @returns {Promise<number>}
 */
async function hear(on) {
  const token = await currentToken();
  /** @type {Record<string, string>} */
  const headers = { Authorization: `Bearer ${token.token}`, Accept: 'text/event-stream' };
  if (lastEvent) headers['Last-Event-ID'] = lastEvent;
  const answer = await send(own('/events')(token), { headers, signal: on.signal });
  if (answer.status === 401) await currentToken(token.token);
  if (!answer.ok || !answer.body) {
    const wait = retryAfter(answer);
    if (answer.status < 500 || wait) return wait;
    throw new Trouble('away');
  }
  const began = Date.now();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const silence = setTimeout(() => on.abort(), SILENCE);
    const { value, done } = await reader.read().finally(() => clearTimeout(silence));
    if (Date.now() - began > STEADY) hungUp = 0;
    if (done) return 0;
    rest += value;
    const events = rest.split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    if (rest.length > LONGEST_EVENT) throw new Trouble('away');
    if (events.map(happened).some(Boolean)) refresh();
  }
}

/**
 * One event; comments are signs of life and nothing else.
 * @param {string} text
 */
function happened(text) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const each of text.split(/\r?\n/)) {
    const [, name, value] = /^(id|event|data|retry): ?(.*)$/.exec(each) ?? [];
    if (name) fields[name] = name in fields && name === 'data' ? fields[name] + value : value;
  }
  if (fields.id) lastEvent = fields.id;
  if (/^\d{1,5}$/.test(fields.retry)) pause = Math.max(1000, Number(fields.retry));
  if (!fields.data) return false;
  try {
    const event = JSON.parse(fields.data);
    const seq = event?.data?.seq;
    seen(seq);
    // Whoever is up to date when the line opens need not ask again.
    if (fields.event === 'stream.opened') return isShownBefore(seq);
    hungUp = 0;
    document.dispatchEvent(new CustomEvent('probity:event', { detail: event }));
  } catch {
    // An event that cannot be read still says that something happened.
  }
  return true;
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') hangUp();
  else {
    refresh();
    listen();
  }
});
addEventListener('focus', () => {
  if (!line) refresh();
});
addEventListener('online', () => {
  refresh();
  listen();
});
document.addEventListener('probity:changed', (event) => {
  seen(/** @type {CustomEvent} */ (event).detail?.seq);
  refresh();
});
