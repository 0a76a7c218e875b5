// <my-terms>: what was agreed to and since when, what is changing, with the customer's own bill
// before and after, and every choice they have.

class MyTerms extends ProbityElement {
  static css = `
:host{display:block}
section+section{margin-block-start:1.2em}
.changing{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.starts{font-size:1.125em;font-weight:650;margin-block:.3em}
.diff li{display:flex;gap:.8em;align-items:baseline;padding-block:.45em;border-block-start:1px solid var(--rule)}
.diff li:first-child{border:0}
.diff .badge{flex:none;min-inline-size:5.5em;text-align:center}
.badge.worse{color:var(--warn);background:var(--warn-tint)}
table{border-collapse:collapse;inline-size:100%;max-inline-size:46rem;font-variant-numeric:tabular-nums;margin-block:.4em}
th,td{text-align:start;vertical-align:top;padding:.4em 1em .4em 0;border-block-start:1px solid var(--rule);font-weight:400}
th[scope=row]{min-inline-size:5.5em}
thead :is(td,th){border:0;color:var(--soft);font-size:.875em}
.choices li{padding-block:.5em;border-block-start:1px solid var(--rule)}
.choices li:first-child{border:0}
`;

  /** What is called so can be started. @type {string[]} */
  actions = [];

  needs() {
    return ['terms', 'contract'];
  }

  /**
   * @param {any} terms
   * @param {any} contract
   */
  show(terms, contract) {
    this.actions = contract.actions.map((/** @type {any} */ one) => one.name);
    return [this.changing(terms), this.special(terms.overrides), this.inForce(terms)];
  }

  /** @param {any} terms */
  inForce(terms) {
    const { contract, since, plan_name: name, price, period, renews, next_plan: next } = terms;
    const from = day(this, period.from);
    const until = day(this, period.until);
    const renewal = next ? `renews_next_${renews}` : `renews_${renews}`;
    return card(
      this,
      'in_force',
      '',
      said('p', 'soft', `${contract} · ${label(this, 'since', { date: day(this, since) })}`),
      pairs('endings', [
        [label(this, 'your_plan'), make('strong', null, name)],
        [label(this, 'costs'), price ?? label(this, 'nothing_is')],
        [label(this, 'period_is'), label(this, 'period', { from, until })],
        [label(this, 'renews'), label(this, renewal, { date: until, plan: next?.plan_name })],
        ...factRows(terms.plan_words),
      ]),
    );
  }

  /** @param {any[]} overrides */
  special(overrides) {
    if (!overrides.length) return null;
    const all = overrides.map(({ until, words }) =>
      make(
        'li',
        null,
        ...words.map((/** @type {string} */ one) => said('p', 'words', one)),
        until && said('p', 'soft', label(this, 'special_until', { date: day(this, lastDay(until)) })),
      ),
    );
    return card(
      this,
      'special',
      '',
      said('p', 'soft', label(this, 'special_says')),
      make('ul', { class: 'choices' }, ...all),
    );
  }

  /** @param {any} terms */
  changing(terms) {
    const { changing, kept: stays, next_plan: next } = terms;
    const kept = stays && said('p', 'words', stays);
    if (!changing) {
      const words = next
        ? this.nextPlan(terms)
        : [said('p', 'none', label(this, 'changing_none'))];
      return card(this, 'changing', next ? 'changing' : '', ...words, kept);
    }
    const { contract, starts, changes, choices } = changing;
    const date = day(this, starts);
    return card(
      this,
      'changing',
      'changing',
      ...(next ? this.nextPlan(terms) : []),
      said('p', 'starts', label(this, 'changing_to', { contract, date })),
      make('ul', { class: 'diff' }, ...changes.map((/** @type {any} */ one) => this.change(one))),
      ...this.bill(changing),
      said('h3', 'heading', label(this, 'choices')),
      make('ul', { class: 'choices' }, ...choices.map((/** @type {any} */ one) => this.way(one))),
    );
  }

  /**
   * The plan that waits: what it costs and what it says, against today's.
   * @param {any} terms
   * @returns {Inside[]}
   */
  nextPlan({ price, plan_words: today, renews, next_plan: next }) {
    const key = renews === 'when_paid' ? 'plan_becomes_paid' : 'plan_becomes';
    const words = { date: day(this, next.starts), plan: next.plan_name };
    const [now, then] = [today, next.plan_words].map((all) => new Map(factRows(all)));
    const none = label(this, 'nothing_is');
    const rows = [...new Set([...now.keys(), ...then.keys()])]
      .filter((name) => now.get(name) !== then.get(name))
      .map((name) => [name, now.get(name), then.get(name)]);
    const all = [[label(this, 'plan_costs'), price ?? none, next.price ?? none], ...rows];
    const missing = (/** @type {string} */ name) =>
      this.actions.includes(name) ? label(this, 'not_offered') : '\u2013';
    return [
      said('p', 'starts', label(this, key, words)),
      said('h3', 'heading', label(this, 'plan_differs')),
      this.table(
        all.map(([name, ...cells]) =>
          this.row(name ?? '', ...cells.map((one) => one ?? missing(name))),
        ),
      ),
    ];
  }

  /**
   * @param {string} name
   * @param {...string} cells
   */
  row(name, ...cells) {
    const all = cells.map((one) => said('td', 'sum', one));
    return make('tr', null, make('th', { scope: 'row' }, name), ...all);
  }

  /** @param {Inside[]} rows */
  table(rows) {
    const head = ['now', 'then'].map((key) => make('th', { scope: 'col' }, label(this, key)));
    return make(
      'table',
      null,
      make('thead', null, make('tr', null, make('td'), ...head)),
      make('tbody', null, ...rows),
    );
  }

  /** @param {any} change */
  change({ words, worse }) {
    const kind = label(this, worse ? 'worse' : 'better');
    return make(
      'li',
      null,
      make('span', { class: worse ? 'badge worse' : 'badge' }, kind),
      said('span', 'words', words),
    );
  }

  /** @param {any} way */
  way({ href, words }) {
    return make('li', null, href ? link(href, words) : said('span', 'way', words));
  }

  /**
   * The own old and new bill.
   * @param {any} changing
   * @returns {Inside[]}
   */
  bill({ bill, plan_price_now: planNow, plan_price_then: planThen }) {
    if (!bill && planNow === planThen) return [];
    const none = label(this, 'nothing_is');
    const sum = (/** @type {string} */ amount, /** @type {string|null} */ money) =>
      money ? `${credits(this, amount)} (${money})` : credits(this, amount);
    const both = bill && [sum(bill.now, bill.now_money), sum(bill.then, bill.then_money)];
    const runs = bill && this.row(label(this, 'runs_cost'), ...both);
    const between = bill && {
      from: day(this, bill.from),
      until: day(this, bill.until),
      n: bill.runs,
    };
    const note = (/** @type {string} */ key, /** @type {number} */ n) =>
      n > 0 && said('p', 'soft', label(this, key, { n }));
    return [
      said('h3', 'heading', label(this, 'your_bill')),
      between && said('p', 'soft', label(this, 'bill_runs', between)),
      this.table([
        runs,
        this.row(label(this, 'plan_costs'), planNow ?? none, planThen ?? none),
      ]),
      bill && note('bill_refused', bill.refused),
      bill && note('bill_not_priced', bill.not_priced),
    ];
  }
}

/**
 * The last day before an instant.
 * @param {string} until
 */
function lastDay(until) {
  return new Date(Date.parse(until) - 1);
}
