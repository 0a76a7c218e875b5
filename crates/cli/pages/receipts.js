// <my-receipts>: everything that happened to the credits, the newest first, also what cost nothing;
// what was given back stands for itself. Filtered, searched, opened, printed, as a file.

/** How many pages are looked through at once where somebody searches. */
const FAR = 10;
/** How many that fit are enough to stop looking. */
const ENOUGH = 20;
/** What can be shown alone, as the API names it. */
const GROUPS = ['', 'charged', 'not_charged', 'refunds', 'credits'];

class MyReceipts extends ProbityElement {
  static css = `
:host{display:block}
${ITEM_CSS}
.tools{display:grid;gap:.8em;margin-block-end:.6em}
.filters{display:flex;flex-wrap:wrap;gap:.4em}
.filters button{border-radius:99px;padding:.3em .95em;min-block-size:2.25em}
.filters [aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
.second{display:flex;flex-wrap:wrap;gap:.6em;align-items:end}
.second label{flex:1 1 16em;font-size:.875em;color:var(--soft)}
.second input{display:block;color:var(--ink);font-size:1rem;min-block-size:2.5em}
.empty{color:var(--soft);padding-block:1.4em}
details>summary{list-style:none;cursor:pointer;border-radius:6px}
summary::-webkit-details-marker{display:none}
.open{color:var(--accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em;font-size:.875em;display:inline-block;margin-block-start:.3em}
details my-receipt{margin-block:.8em .4em}
@media print{.tools,.acts,.open{display:none!important}.entry{break-inside:avoid}}
`;

  constructor() {
    super();
    this.only = '';
    this.text = '';
    this.isSearching = false;
    /** Reading on failed: it is tried again by hand. */
    this.isStuck = false;
    /** Nodes by item, with what they show. @type {Map<string, { text: string, node: any }>} */
    this.nodes = new Map();
    this.forget();
    /** @type {HTMLElement|null} */
    this.tools = null;
  }

  forget() {
    /** Beyond the first page. @type {any[]} */
    this.older = [];
    /** @type {string|null|undefined} */
    this.cursor = undefined;
    this.era = now.era;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.tools) return;
    this.tools = this.bar();
    this.body.before(this.tools);
  }

  needs() {
    return [`statement:${this.only}`, 'customer', 'contract'];
  }

  bar() {
    const groups = GROUPS.map((only) => {
      const press = () => this.choose(only);
      const one = button(label(this, only ? `only_${only}` : 'all'), press);
      one.dataset.only = only;
      one.setAttribute('aria-pressed', String(only === this.only));
      return one;
    });
    const oninput = (/** @type {any} */ event) => {
      this.text = event.target.value.trim().toLowerCase();
      this.isStuck = false;
      this.update();
    };
    const hint = label(this, 'search_hint');
    const input = make('input', { type: 'search', maxlength: 200, placeholder: hint, oninput });
    const file = button(this.csv(), () => void this.file(file));
    file.dataset.csv = '';
    return part(
      'div',
      'tools',
      make('div', { class: 'filters', role: 'group' }, ...groups),
      part('div', 'second', make('label', { dir: 'auto' }, label(this, 'search'), input), file),
      this.fault('csv'),
    );
  }

  /** What the file holds. */
  csv() {
    const { only } = this;
    return only ? label(this, 'csv_only', { group: label(this, `only_${only}`) }) : label(this, 'csv');
  }

  /** @param {string} only */
  choose(only) {
    this.only = only;
    this.forget();
    for (const one of this.tools?.querySelectorAll('[data-only]') ?? []) {
      const is = /** @type {HTMLElement} */ (one).dataset.only === only;
      one.setAttribute('aria-pressed', String(is));
    }
    const file = this.tools?.querySelector('[data-csv]');
    if (file) file.textContent = this.csv();
    this.update();
  }

  /** @param {any} press */
  async file(press) {
    press.disabled = true;
    await this.does('csv', () => download(this.only));
    press.disabled = false;
  }

  /**
   * The first page and what is known beyond it, each thing once, as it is now.
   * @param {any} first
   */
  all(first) {
    const seen = new Set(first.items.map(sameItem));
    const isGap = this.older.length && !this.older.some((one) => seen.has(sameItem(one)));
    // More has happened than a page holds: what is between is not known.
    if (isGap || this.era !== now.era) this.forget();
    const older = this.older.filter((one) => !seen.has(sameItem(one)));
    return [...first.items, ...older];
  }

  /** @param {any} item */
  fits(item) {
    if (!this.text) return true;
    const { action_name: name, action, artifact, member, run, reason } = item;
    const by = this.members?.get(member);
    const words = [name, action, artifact, member, by, run, reason, itemName(this, item)];
    return words.some((one) => one?.toLowerCase().includes(this.text));
  }

  /**
   * @param {any} first
   * @param {any} customer
   */
  show(first, customer) {
    this.members = memberNames(customer);
    const all = this.all(first);
    const next = this.cursor === undefined ? first.next_cursor : this.cursor;
    const fit = all.filter((one) => this.fits(one));
    const isShort = this.text && next && fit.length < ENOUGH;
    if (isShort && !this.isSearching && !this.isStuck) void this.look(first, FAR);
    const entries = fit.map((one) => this.kept(one));
    const none = this.text ? 'nothing_found' : this.only ? 'none_of_kind' : 'no_receipts';
    return [
      entries.length > 0 && part('ul', 'entries', ...entries),
      !entries.length &&
        !this.isSearching &&
        said('p', 'empty', label(this, none)),
      this.isSearching && make('span', { class: 'wait' }),
      next && this.further(first, all),
    ];
  }

  /**
   * @param {any} first
   * @param {any[]} all
   */
  further(first, all) {
    const last = all.at(-1);
    const words = label(this, this.text ? 'look_further' : 'more');
    const more = button(words, () => void this.look(first, this.text ? FAR : 1));
    more.dataset.key = 'more';
    more.disabled = this.isSearching;
    const until = this.text && last && label(this, 'looked_until', { date: day(this, last.at) });
    return part('div', 'acts', more, until && said('p', 'soft', until), this.fault('more'));
  }

  /**
   * Reads on: some pages, or until enough fits.
   * @param {any} first
   * @param {number} pages
   */
  async look(first, pages) {
    if (this.isSearching) return;
    this.isSearching = true;
    const { only, era } = this;
    const isSame = () => only === this.only && era === now.era;
    if (this.cursor === undefined) {
      // The first page may be drawn anew meanwhile: what was on it is kept as it was.
      this.older = [...first.items];
      this.cursor = first.next_cursor;
    }
    this.isStuck = !(await this.does('more', async () => {
      for (let n = 0; n < pages && this.cursor; n += 1) {
        const limit = this.text ? WIDE_PAGE : PAGE;
        const page = await api('GET', statement(only, limit, this.cursor));
        if (!isSame()) break;
        this.older.push(...page.items);
        this.cursor = page.next_cursor;
        if (this.text && this.older.filter((one) => this.fits(one)).length >= ENOUGH) break;
      }
    }));
    this.isSearching = false;
    this.update();
  }

  /**
   * The same node as long as it says the same, so that what is open in it stays open.
   * @param {any} item
   */
  kept(item) {
    const key = sameItem(item);
    const text = JSON.stringify(item);
    const before = this.nodes.get(key);
    if (before?.text === text) return before.node;
    const node = this.entry(item, before?.node.querySelector('details[open] my-receipt'));
    this.nodes.set(key, { text, node });
    return node;
  }

  /**
   * @param {any} item
   * @param {HTMLElement|null} [opened] its receipt, where it is open
   */
  entry(item, opened) {
    const name = said('div', 'name', itemName(this, item));
    const head = itemHead(this, item, this.members ?? new Map(), name);
    const props = { 'data-run': item.run, class: 'entry', part: 'entry' };
    if (!item.run) return make('li', props, head, item.reason && said('p', 'soft', item.reason));
    const open = said('span', 'open', label(this, 'details'));
    const summary = make('summary', { 'data-key': sameItem(item) }, head, open);
    const details = make('details', { open: Boolean(opened) }, summary, opened);
    details.addEventListener('toggle', () => this.toggled(details, item.run));
    return make('li', props, details);
  }

  /**
   * @param {any} details
   * @param {string} run
   */
  toggled(details, run) {
    const receipt = details.querySelector('my-receipt');
    if (!details.open) {
      // What somebody has written stays.
      if (receipt && !receipt.root.querySelector('form')) receipt.remove();
      return;
    }
    if (!receipt) details.append(make('my-receipt', { run }));
    history.replaceState(null, '', `#${run}`);
  }

  /** Somebody who writes is not disturbed. */
  replace(/** @type {Inside[]} */ nodes, isUnknown = false) {
    const all = /** @type {any[]} */ ([...this.root.querySelectorAll('details[open] my-receipt')]);
    if (isUnknown || !all.some((one) => one.root.querySelector('form'))) super.replace(nodes);
  }
}
