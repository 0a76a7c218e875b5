// <probity-confirm> and `Probity.confirm`: before something that may cost though nothing comes of
// it, or that costs much, its price and what each ending costs; agreed to, a quote that binds it.

class ProbityConfirm extends ProbityElement {
  constructor() {
    super();
    this.root.prepend(make('slot', null));
    this.addEventListener(
      'click',
      (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        void asksFirst(this, this.hasAttribute('always'));
      },
      true,
    );
  }
}

PIECES.push(['probity-confirm', ProbityConfirm]);

/** Those that are being asked about. @type {WeakSet<Element>} */
const asked = new WeakSet();

/**
 * Asks where the contract does, and then tells the product to go on.
 * @param {ProbityElement} element
 * @param {boolean} [always]
 */
async function asksFirst(element, always = false) {
  if (asked.has(element)) return;
  asked.add(element);
  const request = requestOf(element);
  const agreed = await confirmRun(request, element, always).finally(() => asked.delete(element));
  if (agreed) element.dispatch('probity:go', { ...request, ...agreed });
}

/**
 * The price, promised, and whether it is to be asked about; None: it was refused, which is told.
 * @param {Record<string, any>} request
 * @param {Element|null} from
 */
async function quoted(request, from) {
  const began = era;
  const whose = (/** @type {Known} */ { customer }) => ({ customer, ...request });
  try {
    const check = await api('POST', () => '/v1/check', whose);
    const isRefused = check.denial && check.denial.code !== 'confirmation_needed';
    const quote = isRefused ? null : await api('POST', () => '/v1/quotes', whose, random());
    const denial = isRefused ? check.denial : quote.denial;
    // It was asked for somebody else.
    if (began !== era) return null;
    const { artifact } = request;
    if (!denial || denial.code === 'confirmation_needed') return { quote, check, artifact };
    await showProblem(denial, from);
  } catch (error) {
    if (began !== era) return null;
    const problem = error instanceof Trouble ? error.problem : null;
    if (problem) console.warn('Probity:', problem.detail);
    const isSaid = Array.isArray(problem?.ways_forward);
    const detail = whyNot(from ?? document.body, error);
    await showProblem(isSaid ? problem : { detail }, from);
  }
  return null;
}

/**
 * Asks, where the contract does; answers with the quote to start with, or null.
 * @param {Record<string, any>} request
 * @param {Element|null} [from]
 * @param {boolean} [always]
 */
async function confirmRun(request, from = null, always = false) {
  const began = era;
  let offer = await quoted(request, from);
  if (!offer) return null;
  const { quote, check } = offer;
  const isAsked = always || quote.needs_confirmation || quote.warning || check.ask;
  if (!isAsked || check.reopened) return agreedTo(quote);
  const [prices, terms] = await Promise.all([
    api('GET', own('/prices')).catch(() => null),
    contract().catch(() => null),
  ]);
  if (began !== era) return null;
  const name = prices?.items.find((/** @type {any} */ one) => one.action === request.action)?.name;
  const { host, dialog, inside, title, closed } = openDialog(from);
  /** @type {any} */
  let agreed = null;
  const draw = (/** @type {string|null} */ note) => {
    if (!offer) return dialog.close();
    inside.replaceChildren(
      ...offered(host, title, name ?? request.action, offer, terms, note, {
        agree: async (/** @type {HTMLButtonElement} */ press) => {
          press.disabled = true;
          const now = /** @type {any} */ (offer).quote;
          const told = await confirmQuote(now.quote);
          if (told === true) {
            agreed = agreedTo(now);
            return dialog.close();
          }
          if (told.problem?.code === 'quote_expired') offer = await quoted(request, from);
          draw(told.kind === 'refused' ? label(host, 'price_changed') : whyNot(host, told));
        },
        leave: () => dialog.close(),
      }),
    );
    return undefined;
  };
  draw(null);
  dialog.showModal();
  await closed;
  return agreed;
}

/** @param {any} quote */
function agreedTo({ quote, id, price, money, expires_at }) {
  return { quote, id, price, money, expires_at };
}

/**
 * @param {string} quote
 * @returns {Promise<true|Trouble>}
 */
async function confirmQuote(quote) {
  try {
    const path = () => `/v1/quotes/${encodeURIComponent(quote)}/confirm`;
    seen((await api('POST', path, () => ({}), random())).seq);
    return true;
  } catch (error) {
    return error instanceof Trouble ? error : new Trouble('away');
  }
}

/**
 * What is offered.
 * @param {Element} host
 * @param {string} title
 * @param {string} name
 * @param {{ quote: any, check: any, artifact: any }} offer
 * @param {any} terms
 * @param {string|null} note
 * @param {{ agree: (press: HTMLButtonElement) => void, leave: () => void }} does
 */
function offered(host, title, name, { quote, check, artifact }, terms, note, does) {
  const price = quote.price === '0' ? '' : credits(host, quote.price);
  const money = quote.money && quote.price !== '0' ? ` (${quote.money})` : '';
  const first = button(label(host, 'agree'), () => does.agree(first), 'first');
  const back = button(label(host, 'back'), does.leave);
  (quote.warning ? back : first).setAttribute('autofocus', '');
  const until = day(host, quote.expires_at, true);
  return [
    make('h2', { id: title, dir: 'auto', part: 'title' }, name),
    price && make('p', { part: 'price', class: 'big', dir: 'auto' }, price + money),
    said('p', quote.warning ? 'warning' : 'why', quote.warning ?? check.words),
    quote.tell && said('p', 'soft', quote.tell),
    said('p', 'heading', label(host, 'if_ends')),
    endings(host, quote, check.action, terms, artifact),
    said('p', 'soft', label(host, 'price_until', { time: until })),
    note && make('p', { role: 'alert', class: 'note' }, note),
    part('div', 'acts', first, back),
  ].filter(Boolean);
}

/** The ways in which something ends, in the order in which people ask about them. */
const OUTCOMES =
  'delivered partial empty failed bad_input blocked cancelled abandoned reopened'.split(' ');

/**
 * What is paid in each ending, the dearest first; in the contract's words where they are of the
 * same version.
 * @param {Element} host
 * @param {any} quote
 * @param {string} name
 * @param {any} terms
 * @param {any} artifact without one nothing is the same as before
 */
function endings(host, quote, name, terms, artifact) {
  const ofSame = terms?.contract === quote.contract ? terms.actions : [];
  const action = ofSame.find((/** @type {any} */ one) => one.action === name && one.endings.length);
  /** @type {Map<string, string[]>} */
  const by = new Map();
  for (const outcome of OUTCOMES.filter((one) => one in quote.if)) {
    const amount = quote.if[outcome];
    const ending = action && action.endings.find((/** @type {any} */ e) => e.outcome === outcome);
    if ((action && !ending) || (outcome === 'reopened' && !artifact)) continue;
    const open = ending?.pays.text ?? label(host, 'depends');
    const none = label(host, 'nothing');
    const pays =
      amount === null
        ? open
        : amount === '0'
          ? none
          : credits(host, /** @type {string} */ (amount));
    const when = ending?.when ?? label(host, `${outcome}_if`);
    by.set(pays, [...(by.get(pays) ?? []), when]);
  }
  const none = label(host, 'nothing');
  const rows = [...by].sort(([a], [b]) => Number(a === none) - Number(b === none));
  return pairs(
    'endings',
    rows.map(([pays, when]) => [pays, listed(host, when)]),
  );
}

/**
 * @param {Element} host
 * @param {string[]} all
 */
function listed(host, all) {
  return part('ul', 'list', ...all.map((one) => said('li', 'ending', one)));
}
