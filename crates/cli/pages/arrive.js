// Who comes, and where from. The customer token stands in the fragment, which no server sees: it is
// taken out at once, and kept for this tab alone. Never a cookie.

const TOKEN = 'probity:token';
const BACK = 'probity:return';

/** What the tab keeps; where it keeps nothing, the page does. @type {Record<string, string>} */
let tab = {};
try {
  tab = sessionStorage;
} catch {
  // Then the next page has to be opened from the product.
}

/** The sites that customers may be sent back to, as the service was started. */
function sites() {
  /** @type {HTMLMetaElement|null} */
  const meta = document.querySelector('meta[name=probity-origins]');
  return meta?.content.split(' ').filter(Boolean) ?? [];
}

/**
 * An address to go back to, of an allowed site only.
 * @param {string|null|undefined} asked
 */
function allowedBack(asked) {
  try {
    const url = new URL(asked ?? '');
    return sites().includes(url.origin) ? url.href : null;
  } catch {
    return null;
  }
}

/** Where to go back to: the address that was given, or the only site there is. */
function wayBack() {
  const kept = allowedBack(tab[BACK]);
  const all = sites();
  return kept ?? (all.length === 1 ? `${all[0]}/` : null);
}

/** The run that the address names: `#run_…`. */
function linkedRun() {
  return /^#(run_[\w-]{1,128})$/.exec(location.hash)?.[1] ?? null;
}

/** Takes what was handed over out of the address, and sets up who asks. */
function arrive() {
  const parts = location.hash.slice(1).split('&').filter(Boolean);
  const isSecret = (/** @type {string} */ one) => /^(ct|sk)_/.test(one);
  const token = parts.find((one) => one.startsWith('ct_'));
  const rest = parts.filter((one) => !isSecret(one));
  const asked = new URLSearchParams(location.search).get('return');
  const back = allowedBack(asked);
  if (back) tab[BACK] = back;
  if (rest.length < parts.length || asked !== null) {
    const hash = rest.length ? `#${rest.join('&')}` : '';
    history.replaceState(null, '', location.pathname + hash);
  }
  if (token) tab[TOKEN] = token;
  // Relative links of the contract lead to the product, and nowhere where it is not known.
  setUp.site = wayBack() ?? 'about:blank';
  use({ token: tab[TOKEN] ?? '' });
}

addEventListener('hashchange', () => {
  if (/(^#|&)ct_/.test(location.hash)) arrive();
  for (const one of document.querySelectorAll('my-linked'))
    /** @type {ProbityElement} */ (one).update();
});
