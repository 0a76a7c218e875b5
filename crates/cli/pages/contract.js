// <my-contract>: the whole contract in plain words, folded: what can be started and what each
// ending costs, the plans, what is promised.

class MyContract extends ProbityElement {
  static css = `
:host{display:block;margin-block-start:1.2em}
details.card>summary{font-weight:650;font-size:1.0625em;cursor:pointer;border-radius:6px}
.in{margin-block-start:.8em}
.one>summary{cursor:pointer;padding-block:.5em;border-block-start:1px solid var(--rule);border-radius:4px}
.one .endings{padding-inline-start:1.2em}
@media print{:host{display:none}}
`;

  needs() {
    return ['contract', 'customer'];
  }

  /** What is open stays open, as long as the contract is the same. */
  replace(/** @type {Inside[]} */ nodes) {
    const { data, trouble } = kept('contract');
    const shown = `${data?.contract} ${kept('customer').data?.contract} ${trouble}`;
    if (shown === this.dataset.shown) return;
    this.dataset.shown = shown;
    super.replace(nodes);
  }

  /**
   * @param {any} terms
   * @param {any} customer
   */
  show(terms, customer) {
    const isOther = terms.contract !== customer.contract;
    const other = { contract: terms.contract, mine: customer.contract };
    const groups = [
      said('p', 'heading', label(this, 'what_is')),
      ...terms.actions.map((/** @type {any} */ one) => this.action(one)),
      said('p', 'heading', label(this, 'plans')),
      ...terms.plans.map((/** @type {any} */ one) => this.plan(one)),
      ...terms.promises.flatMap((/** @type {any} */ one) => [
        said('p', 'heading', one.title),
        pairs('endings', factRows(one.facts)),
      ]),
    ];
    return [
      make(
        'details',
        { class: 'card' },
        make('summary', { dir: 'auto' }, label(this, 'whole')),
        part(
          'div',
          'in',
          isOther && said('p', 'warning', label(this, 'whole_other', other)),
          ...terms.about.map((/** @type {string} */ one) => said('p', 'about', one)),
          make('div', null, ...groups),
        ),
      ),
    ];
  }

  /**
   * @param {string} name
   * @param {string} price
   * @param {[string, string][]} rows
   */
  one(name, price, rows) {
    const words = make('summary', { dir: 'auto' }, make('strong', null, name), ` · ${price}`);
    return make('details', { class: 'one' }, words, pairs('endings', rows));
  }

  /** @param {any} action */
  action({ name, price, facts, endings, on_plans: plans }) {
    const rows = [
      ...factRows(facts),
      ...endings.map((/** @type {any} */ { when, pays, note }) => [
        when,
        note ? `${pays.text} (${note})` : pays.text,
      ]),
      ...plans.map((/** @type {any} */ one) => [one.name, one.text]),
    ];
    return this.one(name, price.text, rows);
  }

  /** @param {any} plan */
  plan({ name, price, facts, includes, left_out: out }) {
    const rows = [
      ...includes.map((/** @type {any} */ one) => [one.name, one.text]),
      ...factRows(facts),
    ];
    if (out) rows.push([out.names.join(', '), [out.why, out.elsewhere].filter(Boolean).join(' ')]);
    return this.one(name, price, rows);
  }
}
