// Requests to the API, as the customer whose token it is. Problems become few kinds of trouble.

/** How long an answer may take. */
const ANSWER_TIME = 20_000;

/**
 * Random letters: idempotency keys, ids of nodes.
 * @returns {string}
 */
function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Asks the API; with a body it tells it something.
 * @param {string} method
 * @param {(known: Known) => string} path
 * @param {(known: Known) => unknown} [body]
 * @param {string} [key] the idempotency key of a write
 * @returns {Promise<any>}
 */
async function api(method, path, body, key) {
  let token = await currentToken();
  for (let isAgain = false; ; isAgain = true) {
    /** @type {Record<string, string>} */
    const headers = { Authorization: `Bearer ${token.token}`, Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    const sent = body ? JSON.stringify(body(token)) : undefined;
    const answer = await send(path(token), { method, headers, body: sent });
    const said = await answer.json().catch(() => null);
    if (answer.ok && said && typeof said === 'object') return said;
    if (answer.status === 401 && !isAgain) token = await currentToken(token.token);
    else throw troubleOf(answer, said);
  }
}

/**
 * One request, without cookies.
 * @param {string} path
 * @param {RequestInit} request
 */
async function send(path, request) {
  const signal = request.signal ?? AbortSignal.timeout(ANSWER_TIME);
  // The contract is nobody's own: a browser may keep it, and asks whether it is still the same.
  const cache = path === '/v1/contract' ? 'no-cache' : 'no-store';
  /** @type {RequestInit} */
  const as = { credentials: 'omit', cache, redirect: 'error', signal, ...request };
  try {
    return await fetch(setUp.url + path, as);
  } catch {
    throw new Trouble('away');
  }
}

/** The longest that a service is left alone because it asks for it. */
const LONGEST_REST = 600_000;

/**
 * How long the service wants to be left alone, where it says so: seconds, or until a time.
 * @param {Response} answer
 */
function retryAfter({ headers }) {
  const said = headers.get('retry-after') ?? '';
  const wait = Number(said) * 1000 || Date.parse(said) - Date.now() || 0;
  return Math.min(LONGEST_REST, Math.max(0, wait));
}

/**
 * What kind of trouble an answer is.
 * @param {Response} answer
 * @param {any} said
 */
function troubleOf(answer, said) {
  if (answer.status === 401) return new Trouble('signed_out', said);
  const isProblem = said && typeof said === 'object' && typeof said.code === 'string';
  const isAway = answer.status >= 500 || answer.status === 429 || !isProblem;
  return isAway ? new Trouble('away', said, retryAfter(answer)) : new Trouble('refused', said);
}

/**
 * Where something of the customer's own is.
 * @param {string} what
 * @returns {(known: Known) => string}
 */
function own(what) {
  return ({ customer }) => `/v1/customers/${encodeURIComponent(customer)}${what}`;
}

/** The contract in force: for anybody, and in the token's environment where there is one. */
async function contract() {
  if (isSetUp()) return api('GET', () => '/v1/contract');
  const answer = await send('/v1/contract', { headers: { Accept: 'application/json' } });
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  throw troubleOf(answer, said);
}
