// <my-receipt run>: one receipt, explained: the rule in words, what it was paid from, under which
// contract, the row of the contract's table, what was asked about it and what was answered.

class MyReceipt extends ProbityElement {
  static observedAttributes = ['run'];

  static css = `
:host{display:block}
.reason{font-size:1.0625em;padding-inline-start:.9em;border-inline-start:3px solid var(--accent)}
.rows{margin-block-start:.5em;font-size:.9375em}
.rows strong{font-weight:650}
.refund{color:var(--good)}
table{inline-size:100%;border-collapse:collapse;font-size:.9375em}
td{padding-block:.4em;padding-inline-end:1em;border-block-start:1px solid var(--rule);vertical-align:top;text-align:start}
tr.this{font-weight:650}
tr.this td:first-child::before{content:"";display:inline-block;inline-size:.5em;block-size:.5em;border-radius:50%;background:var(--accent);margin-inline-end:.5em;vertical-align:.1em}
.asked{border-inline-start:3px solid var(--rule);padding-inline-start:.9em;margin-block:.5em}
.asked .answer{margin-block-start:.5em;padding:.6em .8em;border-radius:var(--round);background:var(--good-tint)}
.words{white-space:pre-line}
form{margin-block-start:.6em;display:grid;gap:.5em;max-inline-size:32rem}
.question{margin-block-start:1em}
@media print{.question{display:none}}
`;

  constructor() {
    super();
    this.addEventListener('probity:question', () => Probity.refresh());
  }

  get run() {
    return this.getAttribute('run') ?? '';
  }

  needs() {
    return [`receipt:${this.run}`, 'contract', 'customer'];
  }

  /** Somebody who writes is not disturbed. */
  replace(/** @type {Inside[]} */ nodes, isUnknown = false) {
    if (isUnknown || !this.root.querySelector('form')) super.replace(nodes);
  }

  /** @param {Trouble} trouble */
  sorry(trouble) {
    if (trouble.kind !== 'refused') return super.sorry(trouble);
    return said('p', 'note', label(this, 'receipt_unknown'));
  }

  /**
   * @param {any} receipt
   * @param {any} terms
   * @param {any} customer
   */
  show(receipt, terms, customer) {
    this.tell(receipt.why);
    return [
      said('p', 'reason', receipt.why),
      pairs('rows', this.rows(receipt, memberNames(customer))),
      ...this.table(receipt, terms),
      ...this.questions(receipt.questions ?? []),
      this.ask(receipt.run),
    ];
  }

  /**
   * @param {any} receipt
   * @param {Map<string, string>} members
   * @returns {[string, Inside|Inside[]][]}
   */
  rows(receipt, members) {
    const { run, artifact, member, outcome, status, reason, parts, parts_total: total } = receipt;
    const ending = outcome ? label(this, `${outcome}_if`) : label(this, 'still_running');
    const share = parts != null && total && label(this, 'parts_of', { parts, total });
    /** @type {[string, Inside|Inside[]|undefined][]} */
    const all = [
      ['ended', share ? `${ending} (${share})` : ending],
      ['finer', reason && make('bdi', null, reason)],
      ['charged', status === 'held' ? null : this.charged(receipt)],
      ['paid_from', paidFrom(this, receipt.drawn)],
      ...this.refunds(receipt),
      ['set_aside', receipt.held === '0' ? null : credits(this, receipt.held)],
      ['given_back', receipt.released === '0' ? null : credits(this, receipt.released)],
      ['agreed_to', receipt.confirmation?.warning],
      ['for_what', artifact && make('bdi', null, artifact)],
      ['who', member && make('bdi', null, members.get(member) ?? member)],
      ['began', day(this, receipt.opened_at, true)],
      ['rules', receipt.contract],
      ['receipt', run],
    ];
    return all.flatMap(([key, inside]) => {
      const isThere = Array.isArray(inside) ? inside.length > 0 : inside;
      return isThere ? [/** @type {[string, Inside|Inside[]]} */ ([label(this, key), inside])] : [];
    });
  }

  /** @param {any} receipt */
  charged({ charged }) {
    if (charged === '0') return unpaid(this, null);
    return make('strong', null, credits(this, charged));
  }

  /**
   * Each as an item of its own, never netted.
   * @param {any} receipt
   * @returns {[string, Inside[]][]}
   */
  refunds({ refunds }) {
    return refunds.map((/** @type {any} */ { at, amount, corrected, reason, usable_until: until }) => [
      corrected ? 'correction' : 'refund',
      [
        make('strong', { class: 'refund' }, signed(this, amount)),
        make('div', { class: 'soft' }, day(this, at, true)),
        reason && make('div', { class: 'soft', dir: 'auto' }, reason),
        until &&
          make('div', { class: 'soft' }, label(this, 'usable_until', { date: day(this, until) })),
      ],
    ]);
  }

  /**
   * The contract's table, where it is still the contract that this ran under, and at its price.
   * @param {any} receipt
   * @param {any} terms
   * @returns {Inside[]}
   */
  table({ action, artifact, outcome, charged, held, contract: under }, terms) {
    const known = terms.actions.find((/** @type {any} */ one) => one.action === action);
    if (!known?.endings?.length || terms.contract !== under || !outcome) return [];
    const isOwn = (/** @type {string} */ name, /** @type {string} */ amount) => {
      const { pays } = known.endings.find((/** @type {any} */ one) => one.outcome === name) ?? {};
      return pays?.credits != null && pays.credits !== amount;
    };
    if (isOwn(outcome, charged) || (held !== '0' && isOwn('delivered', held))) return [];
    // Without an artifact nothing is the same as before.
    const may = (/** @type {any} */ one) =>
      artifact || one.outcome !== 'reopened' || outcome === 'reopened';
    const rows = known.endings.filter(may).map((/** @type {any} */ ending) =>
      make(
        'tr',
        ending.outcome === outcome ? { class: 'this', 'aria-current': 'true' } : null,
        said('td', 'when', ending.when),
        said('td', 'pays', ending.pays.text),
      ),
    );
    return [
      said('p', 'heading', label(this, 'table')),
      said('p', 'soft', label(this, 'table_says')),
      make('table', null, make('tbody', null, ...rows)),
    ];
  }

  /**
   * @param {any[]} questions
   * @returns {Inside[]}
   */
  questions(questions) {
    if (!questions.length) return [];
    const all = questions.map(({ at, text, answers }) =>
      part(
        'li',
        'asked',
        said('p', 'words', text),
        make('p', { class: 'soft' }, day(this, at, true)),
        ...answers.map((/** @type {any} */ answer) =>
          part(
            'div',
            'answer',
            said('p', 'words', answer.text),
            make('p', { class: 'soft' }, `${label(this, 'answered')} · ${day(this, answer.at, true)}`),
          ),
        ),
        !answers.length && said('p', 'soft', label(this, 'no_answer')),
      ),
    );
    return [said('p', 'heading', label(this, 'your_questions')), make('ul', null, ...all)];
  }

  /** @param {string} run */
  ask(run) {
    const place = part('div', 'question');
    const open = button(label(this, 'question'), () => askAbout(this, place, run, open), 'quiet');
    open.dataset.key = 'ask';
    place.append(open);
    return place;
  }
}

class MyLinked extends ProbityElement {
  static css = `
:host{display:block}
.head{display:flex;justify-content:space-between;gap:.5em 1em;align-items:baseline;flex-wrap:wrap;margin-block-end:.8em}
:host .card{margin-block-end:1.6em}
`;

  show() {
    const run = linkedRun();
    if (!run) return [];
    const before = this.body.querySelector(`my-receipt[run="${CSS.escape(run)}"]`);
    const close = button(label(this, 'close_receipt'), () => this.close(), 'quiet');
    return [
      part(
        'section',
        'card',
        part('div', 'head', said('h2', 'title', label(this, 'receipt_title')), close),
        before ?? make('my-receipt', { run }),
      ),
    ];
  }

  close() {
    history.replaceState(null, '', location.pathname);
    this.update();
  }
}
