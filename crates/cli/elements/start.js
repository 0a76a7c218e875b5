// The one name that pages see, `Probity`, and the start: what the script's attributes say, then the
// elements by their names.

/**
 * Sets up who asks, and where.
 * @param {{ token?: string, tokenFrom?: TokenFrom, method?: string, url?: string }} given
 */
function use({ token, tokenFrom, method, url }) {
  if (url !== undefined) setUp.url = new URL(url, document.baseURI).href.replace(/\/+$/, '');
  if (token !== undefined || tokenFrom !== undefined) {
    const isOther = isSetUp();
    setUp.token = token ?? null;
    setUp.tokenFrom = tokenFrom ?? null;
    askedAt = 0;
    known = null;
    forget(isOther);
    // Some show more where they know for whom.
    for (const element of all) element.update();
  }
  if (method !== undefined) setUp.method = method === 'GET' ? 'GET' : 'POST';
}

const Probity = {
  use,
  refresh: (/** @type {{ seq?: number }} */ { seq } = {}) => {
    seen(seq);
    refresh();
  },
  /**
   * Shows a refusal, with what can be done; what is taken of it is told where it was asked for.
   * @param {any} problem
   * @param {Element|null} [from]
   */
  show: (problem, from = null) => showProblem(problem, from),
  /** Asks where the contract does; answers with the quote to start with, or null. */
  confirm: (/** @type {Record<string, any>} */ request) => confirmRun(request),
  /**
   * More labels, by language: `Probity.labels('de', { free: 'Kostenlos' })`.
   * @param {string} language
   * @param {Record<string, string>} words
   */
  labels: (language, words) => {
    const key = language.toLowerCase();
    LABELS[key] = { ...LABELS[key], ...words };
    for (const element of all) element.update();
  },
};

/** What is known at the moment. */
const now = {
  get known() {
    return known;
  },
  get era() {
    return era;
  },
};

/** What the pages that the service itself hosts are built with. */
const inside = {
  ...{ AMOUNT, LABELS, PIECES, ProbityElement, SOURCES, Trouble, api, askAbout, button },
  ...{ credits, grantRow, topUpWords },
  ...{ currentToken, day, kept, label, link, make, now, own, pairs, paidFrom, part },
  ...{ random, said, send, setUp, unpaid, use },
};

if (!('Probity' in window)) {
  const script = /** @type {HTMLScriptElement|null} */ (document.currentScript);
  const value = script?.dataset.inside === undefined ? Probity : { ...Probity, inside };
  Object.defineProperty(window, 'Probity', { value: Object.freeze(value), enumerable: true });
  setUp.url = script?.src ? new URL(script.src).origin : location.origin;
  const { tokenFrom, tokenMethod, url } = script?.dataset ?? {};
  use({ tokenFrom, method: tokenMethod, url });
  // The service's own pages know first who comes.
  if (value === Probity) for (const [name, piece] of PIECES) customElements.define(name, piece);
}
