// What every element does: watch what it needs, show it or say why not, tell screen readers what
// changed, and keep the keyboard where it was.

class ProbityElement extends HTMLElement {
  /** Styles of its own. */
  static css = '';

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const own = /** @type {typeof ProbityElement} */ (this.constructor).css;
    root.adoptedStyleSheets = [sheet(STYLE), sheet(own)];
    this.root = root;
    this.body = part('div', 'body');
    this.live = make('p', { class: 'hidden', role: 'status' });
    root.append(this.body, this.live);
    /** @type {Map<string, () => void>} */
    this.watched = new Map();
    this.isDue = false;
    /** What was told to screen readers. @type {string|null} */
    this.told = null;
  }

  /** What it needs to know: names of the store. @returns {string[]} */
  needs() {
    return [];
  }

  /**
   * What is shown once it is known.
   * @param {...any} _data in the order of `needs`
   * @returns {Inside[]}
   */
  show(..._data) {
    return [];
  }

  connectedCallback() {
    all.add(this);
    this.update();
  }

  disconnectedCallback() {
    all.delete(this);
    for (const end of this.watched.values()) end();
    this.watched.clear();
  }

  attributeChangedCallback() {
    this.update();
  }

  /** Shows what is known now, once, soon. */
  update() {
    if (this.isDue || !this.isConnected) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      if (this.isConnected) this.draw();
    });
  }

  draw() {
    const needs = this.needs();
    for (const [key, end] of this.watched) {
      if (!needs.includes(key)) {
        end();
        this.watched.delete(key);
      }
    }
    for (const key of needs) {
      if (!this.watched.has(key))
        this.watched.set(
          key,
          watch(key, () => this.update()),
        );
    }
    const all = needs.map(kept);
    const trouble = all.find((one) => one.trouble)?.trouble ?? null;
    const isKnown = all.every((one) => one.data !== null);
    this.toggleAttribute('data-loading', !isKnown && !trouble);
    if (isKnown) {
      const note = trouble ? [this.asOf(all)] : [];
      this.replace([...this.show(...all.map((one) => one.data)), ...note]);
    } else {
      // What was told of before may be of somebody else.
      this.told = null;
      this.live.textContent = '';
      this.replace(trouble ? [this.sorry(trouble)] : this.loading());
    }
  }

  /**
   * The keyboard stays where it was, where that is still there.
   * @param {Inside[]} nodes
   */
  replace(nodes) {
    const at = /** @type {HTMLElement|null} */ (this.root.activeElement)?.dataset.key;
    this.body.replaceChildren(
      ...nodes.filter((node) => node != null && node !== false && node !== 0),
    );
    if (at) this.body.querySelector(`[data-key="${CSS.escape(at)}"]`)?.focus();
  }

  /**
   * Tells screen readers what has changed; what was there from the start they read by themselves.
   * @param {string} words
   */
  tell(words) {
    if (this.told !== null && this.told !== words) this.live.textContent = words;
    this.told = words;
  }

  /** What is shown until it is known. @returns {Inside[]} */
  loading() {
    const words = make('span', { class: 'hidden' }, label(this, 'loading'));
    return [make('span', { class: 'wait', 'aria-hidden': 'true' }), words];
  }

  /** @param {Kept[]} all */
  asOf(all) {
    const oldest = Math.min(...all.map((one) => one.at?.getTime() ?? Date.now()));
    return said('p', 'note', label(this, 'as_of', { time: day(this, new Date(oldest), true) }));
  }

  /** @param {Trouble} trouble */
  sorry(trouble) {
    const key = trouble.kind === 'old' ? 'away' : trouble.kind;
    const words = label(this, this.isUnknown(trouble) ? 'not_offered' : key);
    this.dispatch('probity:trouble', { kind: trouble.kind, problem: trouble.problem });
    return said('p', 'note', words);
  }

  /** @param {Trouble} trouble */
  isUnknown(trouble) {
    return trouble.problem?.code === 'not_found' && trouble.problem.field === 'action';
  }

  /**
   * Tells the page; answers whether it may go on as usual.
   * @param {string} name
   * @param {unknown} [detail]
   */
  dispatch(name, detail) {
    const event = new CustomEvent(name, {
      detail,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    return this.dispatchEvent(event);
  }
}

/** All that are in the page. @type {Set<ProbityElement>} */
const all = new Set();

/** Names of elements, and what they are. @type {[string, typeof ProbityElement][]} */
const PIECES = [];
