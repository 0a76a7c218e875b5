// <my-pace>: what the last 30 days came to, and whether the plan brings as much: only what can be
// reckoned exactly. <my-stops>: what asks or stops by itself.

class MyPace extends ProbityElement {
  static css = `
:host{display:block;margin-block-end:1.8em}
.sum{font-size:1.0625em;font-weight:600;margin-block-start:.6em}
`;

  needs() {
    return ['lately', 'contract', 'customer'];
  }

  /**
   * @param {any} prices
   * @param {any} terms
   * @param {any} customer
   */
  show(prices, terms, customer) {
    const used = prices.items.filter((/** @type {any} */ one) => one.last_30_days?.runs > 0);
    if (!used.length) {
      return [card(this, 'pace', '', said('p', 'soft', label(this, 'pace_none')))];
    }
    /** @type {bigint[]} */
    const all = used.map((/** @type {any} */ one) => millionths(one.last_30_days.charged));
    const sum = all.reduce((a, b) => a + b, 0n);
    const rows = used.map((/** @type {any} */ { name, last_30_days: { runs, charged } }) => {
      const came = charged === '0' ? label(this, 'free') : credits(this, charged);
      return [name, `${label(this, 'times', { n: runs })} · ${came}`];
    });
    const words = label(this, 'pace_sum', { credits: credits(this, decimal(sum)) });
    return [
      card(
        this,
        'pace',
        '',
        pairs('rows', rows),
        said('p', 'sum', words),
        said('p', 'soft', label(this, 'pace_month')),
        this.plan(sum, terms, customer),
      ),
    ];
  }

  /**
   * @param {bigint} sum
   * @param {any} contract
   * @param {any} customer
   */
  plan(sum, contract, customer) {
    const { terms, plans } = contract;
    // What comes next is what counts.
    const id = customer.next_plan ?? customer.plan;
    const next = planBecomes(this, customer, contract);
    const brings = terms.plans[id]?.credits;
    // Of another version the plan may bring something else.
    if (brings == null || contract.contract !== customer.contract) return next;
    const plan = plans.find((/** @type {any} */ one) => one.plan === id)?.name;
    const short = sum - millionths(brings);
    const words = label(this, short > 0n ? 'pace_short' : 'pace_covers', {
      plan: plan ?? id,
      credits: credits(this, brings),
      missing: decimal(short),
    });
    return make('div', null, next, said('p', 'soft', words));
  }
}

/** What the contract calls what it only tells. */
const TOLD = 'We tell you';

class MyStops extends ProbityElement {
  static css = ':host{display:block;margin-block-start:1.8em}';

  needs() {
    return ['contract'];
  }

  /** @param {any} terms */
  show({ promises }) {
    const isTold = (/** @type {any} */ fact) => fact.label === TOLD;
    const topic = promises.find((/** @type {any} */ one) => one.facts.some(isTold));
    const rest = topic?.facts.filter((/** @type {any} */ fact) => !isTold(fact)) ?? [];
    if (!rest.length) return [];
    return [
      said('h2', 'title', label(this, 'what_stops')),
      said('p', 'soft', label(this, 'stops_says')),
      pairs('endings', factRows(rest)),
    ];
  }
}
