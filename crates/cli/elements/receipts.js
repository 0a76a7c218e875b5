// <probity-receipts>: what was started and what became of it, the newest first, also what cost
// nothing; each with the rule that decided, in words, and a way to say that it is wrong.

class ProbityReceipts extends ProbityElement {
  static css = `
:host{display:block}
.entry{padding-block:.9em;border-block-start:1px solid var(--rule)}
.entry:first-child{border:0}
.head,.refund{display:flex;justify-content:space-between;gap:.2em 1em;align-items:baseline}
.head>:first-child{min-inline-size:0}
.name{font-weight:600}
.amount{flex:none;font-weight:650;font-variant-numeric:tabular-nums}
.refund{color:var(--good);margin-block-start:.35em;padding-block-start:.35em;border-block-start:1px dashed var(--rule)}
.words{margin-block-start:.25em}
details{margin-block-start:.4em}
summary{color:var(--accent);cursor:pointer;font-size:.875em;border-radius:4px;inline-size:fit-content}
details .rows{margin-block:.4em .8em;font-size:.9375em}
form{margin-block-start:.6em;display:grid;gap:.5em;max-inline-size:32rem}
.empty{color:var(--soft);padding-block:1.2em}
`;

  constructor() {
    super();
    /** Receipts beyond the first page. @type {any[]} */
    this.older = [];
    /** @type {string|null|undefined} */
    this.cursor = undefined;
    /** Nodes by run, with what they show. @type {Map<string, { text: string, node: any }>} */
    this.nodes = new Map();
    this.era = 0;
  }

  needs() {
    return ['runs', 'prices', 'contract'];
  }

  /**
   * @param {any} runs
   * @param {any} prices
   */
  show(runs, prices) {
    if (this.era !== era) Object.assign(this, { era, older: [], cursor: undefined });
    const names = new Map(prices.items.map((/** @type {any} */ one) => [one.action, one.name]));
    const first = new Set(runs.items.map((/** @type {any} */ one) => one.run));
    const all = [...runs.items, ...this.older.filter((one) => !first.has(one.run))];
    if (!all.length) return [said('p', 'empty', label(this, 'no_receipts'))];
    const [newest] = all;
    this.tell(newest.why);
    const next = this.cursor === undefined ? runs.next_cursor : this.cursor;
    const more = button(label(this, 'more'), () => void this.more(next));
    more.dataset.key = 'more';
    const entries = all.map((one) => this.kept(one, names.get(one.action) ?? one.action));
    const list = part('ul', 'entries', ...entries);
    return [list, next && part('div', 'acts', more, this.fault('more'))];
  }

  /**
   * The same node as long as it says the same, so that what is open in it stays open.
   * @param {any} receipt
   * @param {string} name
   */
  kept(receipt, name) {
    const text = JSON.stringify([receipt, name]);
    const before = this.nodes.get(receipt.run);
    if (before?.text === text) return before.node;
    const node = this.entry(receipt, name);
    this.nodes.set(receipt.run, { text, node });
    return node;
  }

  /** Somebody who writes is not disturbed, but by somebody else. */
  replace(/** @type {Inside[]} */ nodes, isUnknown = false) {
    if (isUnknown || !this.root.querySelector('form')) super.replace(nodes);
  }

  /** @param {string} cursor */
  async more(cursor) {
    const began = era;
    await this.does('more', async () => {
      const path = own(`/runs?limit=20&cursor=${encodeURIComponent(cursor)}`);
      const page = await api('GET', path);
      if (began !== era) return;
      this.older.push(...page.items);
      this.cursor = page.next_cursor;
      this.update();
    });
  }

  /**
   * @param {any} receipt
   * @param {string} name
   */
  entry(receipt, name) {
    // Its `words` were for the moment it ended: what was left then they say as of today.
    const { artifact, opened_at, ended_at, why, refunded } = receipt;
    const when = day(this, ended_at ?? opened_at, true);
    const about = [
      artifact && make('bdi', null, artifact),
      artifact && ' · ',
      make('bdi', null, when),
    ];
    return part(
      'li',
      'entry',
      part(
        'div',
        'head',
        make('div', null, said('div', 'name', name), make('div', { class: 'soft' }, ...about)),
        this.amount(receipt),
      ),
      said('p', 'words', why),
      refunded !== '0' &&
        part(
          'div',
          'refund',
          said('span', 'kind', label(this, 'refund')),
          said('span', 'amount', credits(this, refunded)),
        ),
      this.details(receipt),
    );
  }

  /** @param {any} receipt */
  amount({ status, charged, held }) {
    if (status !== 'held' && charged !== '0') return said('span', 'amount', credits(this, charged));
    return unpaid(this, status === 'held' ? held : null);
  }

  /** @param {any} receipt */
  details(receipt) {
    const { run, held, released, drawn, contract: terms, confirmation } = receipt;
    const from = paidFrom(this, drawn);
    /** @type {[string, Inside|Inside[]][]} */
    const rows = [];
    if (confirmation?.warning) rows.push([label(this, 'agreed_to'), confirmation.warning]);
    if (held !== '0') rows.push([label(this, 'set_aside'), credits(this, held)]);
    if (released !== '0') rows.push([label(this, 'given_back'), credits(this, released)]);
    if (from.length) rows.push([label(this, 'paid_from'), from]);
    rows.push([label(this, 'rules'), terms], [label(this, 'receipt'), run]);
    const ask = part('div', 'question');
    const open = button(label(this, 'question'), () => askAbout(this, ask, run, open), 'quiet');
    ask.append(open);
    const title = make('summary', { part: 'summary', dir: 'auto' }, label(this, 'details'));
    return make('details', null, title, pairs('rows', rows), ask);
  }
}

/**
 * That it is under way, or cost nothing.
 * @param {Element} element
 * @param {string|null} held what is set aside for it; null: it has ended
 */
function unpaid(element, held) {
  if (held === null) return badge(label(element, 'not_charged'));
  const words = label(element, 'running', { credits: credits(element, held) });
  return badge(held === '0' ? label(element, 'running_free') : words, true);
}

/**
 * Which credits it was paid from.
 * @param {Element} element
 * @param {any[]} drawn
 */
function paidFrom(element, drawn) {
  return drawn.map(({ kind, amount }) =>
    make('div', null, `${credits(element, amount)} · ${label(element, kind)}`),
  );
}

/** The most bytes that a question holds. */
const LONGEST_QUESTION = 4000;

/**
 * How many letters a question has too many, about: scripts differ in how many bytes each takes.
 * @param {string} text
 */
function tooMany(text) {
  const bytes = new TextEncoder().encode(text).length;
  return Math.ceil(((bytes - LONGEST_QUESTION) / bytes) * text.length);
}

/**
 * Writes to the product's people that a receipt is wrong.
 * @param {ProbityElement} element
 * @param {HTMLElement} place
 * @param {string} run
 * @param {HTMLElement} open
 */
function askAbout(element, place, run, open) {
  const id = `q${random()}`;
  const text = make('textarea', { id, required: true });
  const note = make('p', { class: 'note', role: 'alert', hidden: true });
  let key = random();
  let sent = '';
  const leave = () => {
    place.replaceChildren(open);
    open.focus();
    element.update();
  };
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { value } = text;
    if (!value.trim()) return text.focus();
    // The same again is the same question; other words are another one.
    if (value !== sent) key = random();
    sent = value;
    const n = tooMany(value);
    note.hidden = n <= 0;
    note.textContent = n > 0 ? label(element, 'too_long', { n }) : '';
    if (n > 0) return text.focus();
    try {
      const path = () => `/v1/runs/${encodeURIComponent(run)}/question`;
      const kept = await api('POST', path, () => ({ text: value }), key);
      const thanks = said('p', 'note', label(element, 'question_kept', { id: kept.question }));
      place.replaceChildren(thanks);
      element.live.textContent = thanks.textContent;
      element.dispatch('probity:question', { run, question: kept.question });
      element.update();
    } catch (error) {
      note.hidden = false;
      note.textContent = whyNot(element, error);
    }
    return undefined;
  };
  const press = make(
    'button',
    { type: 'submit', class: 'first', part: 'first' },
    label(element, 'send'),
  );
  const form = make(
    'form',
    { onsubmit: send },
    make('label', { for: id, dir: 'auto' }, label(element, 'question_text')),
    text,
    note,
    part('div', 'acts', press, button(label(element, 'cancel'), leave)),
  );
  place.replaceChildren(form);
  text.focus();
}

PIECES.push(['probity-receipts', ProbityReceipts]);
