// Customer tokens: who the page is for, and a fresh token from the product where the old one ends.
// A token is read here only to know whose address to ask; whether it is good the server says.

/** @typedef {string|(() => Promise<any>)} TokenFrom */
/** @typedef {{ token: string, customer: string, member: string|null, ends: number }} Known */

/** How long before its end a token is replaced; how soon after another none is asked for. */
const TOKEN_SPARE = 60_000;
const TOKEN_PATIENCE = 10_000;

/** What is set up: by the script's attributes, or by `Probity.use`. */
const setUp = {
  url: '',
  token: /** @type {string|null} */ (null),
  tokenFrom: /** @type {TokenFrom|null} */ (null),
  method: 'POST',
  /** Where relative links of the contract lead, if not to the page's own site. */
  site: /** @type {string|null} */ (null),
};

/** What went wrong, in one of few kinds. */
class Trouble extends Error {
  /**
   * @param {'away'|'old'|'signed_out'|'set_up'|'refused'} kind
   * @param {any} [problem] the server's problem, where it said one
   * @param {number} [wait] milliseconds, where it said how long
   */
  constructor(kind, problem = null, wait = 0) {
    super(problem?.code ?? kind);
    this.kind = kind;
    this.problem = problem;
    this.wait = wait;
  }
}

/** @type {Known|null} */
let known = null;
/** @type {Promise<Known>|null} */
let asking = null;
let askedAt = 0;
/** @type {any} */
let ending = 0;

/**
 * What a token says of itself.
 * @param {unknown} token
 * @returns {Known}
 */
function readToken(token) {
  if (typeof token === 'string' && token.startsWith('sk_')) {
    console.error('Probity: a secret key does not belong in a page. Mint a customer token.');
  }
  const claims = /^ct_([\w-]+)\.[\w-]+$/.exec(typeof token === 'string' ? token : '')?.[1];
  try {
    const bytes = Uint8Array.from(
      atob(/** @type {string} */ (claims).replaceAll('-', '+').replaceAll('_', '/')),
      (letter) => letter.charCodeAt(0),
    );
    const said = JSON.parse(new TextDecoder().decode(bytes));
    if (!/^[A-Za-z0-9._:@-]{1,128}$/.test(said.customer)) throw new Error();
    const ends = Date.parse(said.expires_at);
    const { customer, member = null } = said;
    return { token: /** @type {string} */ (token), customer, member, ends };
  } catch {
    throw new Trouble('set_up');
  }
}

/** @param {number} patience */
function isJustAsked(patience) {
  return Date.now() < askedAt + patience;
}

/** Is anything set up yet? */
function isSetUp() {
  return setUp.token !== null || setUp.tokenFrom !== null;
}

/** Asks the product's own address for a token. @returns {Promise<unknown>} */
async function fetchToken() {
  const { tokenFrom, method } = setUp;
  if (typeof tokenFrom === 'function') return tokenFrom();
  const at = new URL(/** @type {string} */ (tokenFrom), document.baseURI);
  if (at.origin !== location.origin) {
    console.error("Probity: tokens come from an address of the page's own origin.");
    throw new Trouble('set_up');
  }
  const headers = { Accept: 'application/json' };
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(at, { method, headers, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new Trouble('away');
  }
  if (answer.status === 401 || answer.status === 403) throw new Trouble('signed_out');
  if (answer.status >= 500) throw new Trouble('away');
  return answer.ok ? answer.json().catch(() => null) : null;
}

/**
 * The token to use now.
 * @param {string} [refused] the one before, where it was refused
 * @returns {Promise<Known>}
 */
async function currentToken(refused) {
  if (asking) return asking;
  const isGood = known && (Date.now() < known.ends - TOKEN_SPARE || isJustAsked(TOKEN_PATIENCE));
  if (known && known.token !== refused && isGood) return known;
  if (refused !== undefined && isJustAsked(1000)) throw new Trouble('signed_out');
  if (setUp.tokenFrom === null) {
    if (setUp.token === null) throw new Trouble('set_up');
    if (refused !== undefined) throw new Trouble('signed_out');
    return know(readToken(setUp.token));
  }
  asking = (async () => {
    askedAt = Date.now();
    const from = setUp.tokenFrom;
    /** @type {any} */
    const answer = await fetchToken();
    // It was set up otherwise meanwhile.
    if (from !== setUp.tokenFrom) throw new Trouble('old');
    return know(readToken(typeof answer === 'string' ? answer : answer?.token));
  })().finally(() => {
    asking = null;
  });
  return asking;
}

/**
 * This is the token from now on. For somebody else nothing of before is shown any more.
 * @param {Known} next
 */
function know(next) {
  const isOther = known && (known.customer !== next.customer || known.member !== next.member);
  const left = next.ends - Date.now();
  // One that nobody replaces: when it ends, what is shown goes.
  if (setUp.token === next.token && known?.token !== next.token && left > 0) {
    clearTimeout(ending);
    ending = setTimeout(refresh, left);
  }
  known = next;
  if (isOther) forget(true);
  return next;
}
