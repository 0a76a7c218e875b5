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
    /** Where it stands that something could not be done. @type {Map<string, any>} */
    this.faults = new Map();
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
      for (const fault of this.faults.values()) fault.textContent = '';
      const nodes = trouble ? [this.sorry(trouble)] : this.loading();
      this.unknown(trouble);
      this.replace(nodes, true);
    }
  }

  /** It is about somebody else from now on. */
  forgets() {}

  /**
   * Nothing is known, or no longer.
   * @param {Trouble|null} _trouble
   */
  unknown(_trouble) {}

  /**
   * The keyboard stays where it was, where that is still there.
   * @param {Inside[]} nodes
   * @param {boolean} [_isUnknown] what is there must go
   */
  replace(nodes, _isUnknown = false) {
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
    this.dispatch('probity:trouble', { kind: trouble.kind, problem: trouble.problem });
    return said('p', 'note', wordsOf(this, trouble));
  }

  /**
   * Where it stands that this could not be done, also when all is drawn anew.
   * @param {string} what
   */
  fault(what) {
    if (!this.faults.has(what)) this.faults.set(what, said('p', 'fault', ''));
    return this.faults.get(what);
  }

  /**
   * Does something, and says so where it could not be done; answers whether it was.
   * @param {string} what
   * @param {() => Promise<any>} work
   */
  async does(what, work) {
    const fault = this.fault(what);
    fault.textContent = '';
    try {
      seen((await work())?.seq);
      return true;
    } catch (error) {
      fault.textContent = whyNot(this, error);
      this.live.textContent = fault.textContent;
      return false;
    }
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

/**
 * Why something cannot be shown.
 * @param {Element} element
 * @param {Trouble} trouble
 */
function wordsOf(element, { kind, problem }) {
  const isNone = problem?.field === 'action';
  return label(element, isNone ? 'not_offered' : kind === 'old' ? 'away' : kind);
}

/**
 * Why something was not done, and what to do.
 * @param {Element} element
 * @param {unknown} error
 * @returns {string}
 */
function whyNot(element, error) {
  const trouble = error instanceof Trouble ? error : new Trouble('away');
  if (trouble.kind === 'away' || trouble.kind === 'old') return label(element, 'try_again');
  const { field, detail } = trouble.problem ?? {};
  if (trouble.kind !== 'refused' || field === 'action') return wordsOf(element, trouble);
  // Where a field is wrong, it is the page's fault, in words that are not for people.
  return field || !detail ? label(element, 'cannot') : detail;
}

/** All that are in the page. @type {Set<ProbityElement>} */
const all = new Set();

/** Names of elements, and what they are. @type {[string, typeof ProbityElement][]} */
const PIECES = [];
