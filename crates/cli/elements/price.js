// <probity-price>: what pressing this costs, before it is pressed; why it may not be, and what
// then.

class ProbityPrice extends ProbityElement {
  static observedAttributes = [
    'action',
    'artifact',
    'quantity',
    'model',
    'inputs',
    'again',
    'view',
  ];

  static css = `
:host{display:inline-flex;flex-wrap:wrap;align-items:center;gap:.35em .75em;vertical-align:top}
.body{min-inline-size:0;max-inline-size:26em}
.line{display:flex;flex-wrap:wrap;align-items:baseline;gap:.15em .5em}
.price{font-weight:650;font-variant-numeric:tabular-nums}
.words{color:var(--soft);font-size:.875em;margin-block-start:.1em}
.warning{color:var(--warn);background:var(--warn-tint);border-radius:var(--round);padding:.45em .75em;font-size:.875em;margin-block-start:.35em}
.quiet{font-size:.875em}
:host([view=compact]) .words{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
`;

  constructor() {
    super();
    this.slotted = make('slot', { onslotchange: () => this.describe() });
    this.root.prepend(this.slotted);
    this.words = '';
    /** What is described by the words. @type {Element[]} */
    this.described = [];
    /** What is shown, for the page to read. @type {any} */
    this.price = null;
    this.addEventListener('click', (event) => this.pressed(event), true);
  }

  /** The request it is about. */
  request() {
    return requestOf(this);
  }

  needs() {
    const { action, ...more } = this.request();
    const isPlain = Object.keys(more).length === 0;
    return isPlain ? ['prices'] : ['prices', `check:${JSON.stringify({ action, ...more })}`];
  }

  /**
   * @param {any} prices
   * @param {any} [check]
   */
  show(prices, check) {
    const { action } = this.request();
    const item = prices.items.find((/** @type {any} */ one) => one.action === action);
    if (!item) {
      console.warn('Probity: the contract has no such action:', action.slice(0, 99));
      this.tells({ action, offered: false }, label(this, 'not_offered'));
      return [said('p', 'note', label(this, 'not_offered'))];
    }
    const is = { ...item, ...check };
    const isHarsh = item.harsh && is.price !== '0' && !is.reopened;
    const { price, money, allowed, denial, words, ask = false } = is;
    const why = denial ? denial.detail : words;
    const free = price === '0' && allowed;
    this.tells(
      {
        action,
        offered: true,
        price,
        money,
        free,
        allowed,
        harsh: isHarsh,
        ask,
        words: why,
        denial,
      },
      why,
    );
    const shown = said('p', isHarsh && allowed ? 'warning' : 'words', why);
    // What it costs elsewhere is no price of theirs.
    const line = allowed || denial?.needs ? ownPrice(this, is) : [];
    return [line.length && part('div', 'line', ...line), shown, denial && this.ways(denial)];
  }

  /** @param {any} denial */
  ways(denial) {
    const more = () => showProblem(denial, this);
    const open = button(label(this, 'why'), more, 'quiet');
    open.dataset.key = 'why';
    return open;
  }

  /**
   * @param {any} price
   * @param {string} words
   */
  tells(price, words) {
    const isNew = JSON.stringify(price) !== JSON.stringify(this.price);
    this.price = price;
    this.words = words;
    this.tell(words);
    this.describe();
    if (isNew) this.dispatch('probity:price', price);
  }

  /** @param {Trouble|null} trouble */
  unknown(trouble) {
    if (this.price) this.dispatch('probity:price', { action: this.request().action });
    this.price = null;
    this.words = trouble ? wordsOf(this, trouble) : '';
    this.describe();
  }

  /** The product's own button is described by the words, also to who does not see them. */
  describe() {
    const now = this.slotted.assignedElements();
    for (const node of this.described) {
      if (!this.words || !now.includes(node)) node.removeAttribute('aria-description');
    }
    this.described = this.words ? now : [];
    for (const node of this.described) node.setAttribute('aria-description', this.words);
  }

  /**
   * With `guard`: a press asks first where the contract does, says why not where it refuses, and
   * only then tells the product.
   * @param {Event} event
   */
  pressed(event) {
    const isSlotted = !event.composedPath().includes(this.body);
    if (!this.hasAttribute('guard') || !isSlotted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void asksFirst(this);
  }
}

/**
 * What an element is about, as a check and a quote take it.
 * @param {Element} element
 */
function requestOf(element) {
  /** @type {Record<string, any>} */
  const request = { action: element.getAttribute('action') ?? '' };
  for (const name of ['artifact', 'model', 'again']) {
    const value = element.getAttribute(name);
    if (value) request[name] = value;
  }
  // What cannot be meant is handed on as it is and refused: without it the price may be another.
  const quantity = element.getAttribute('quantity')?.trim();
  if (quantity) request.quantity = /^\d{1,15}$/.test(quantity) ? Number(quantity) : quantity;
  const inputs = element.getAttribute('inputs');
  try {
    const read = JSON.parse(inputs || '{}');
    if (typeof read !== 'object' || Object.keys(read ?? {}).length) request.inputs = read;
  } catch {
    request.inputs = inputs;
  }
  return request;
}

/**
 * @param {string} words
 * @param {boolean} [isPlain]
 */
function badge(words, isPlain = false) {
  return make(
    'span',
    { part: 'badge', class: isPlain ? 'badge plain' : 'badge', dir: 'auto' },
    words,
  );
}

PIECES.push(['probity-price', ProbityPrice]);
