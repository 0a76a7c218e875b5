// <probity-prices>: everything that can be pressed, in three groups: free, paid, paid even if
// nothing is found; then the plans, as ways of working. Signed in or not.

class ProbityPrices extends ProbityElement {
  static css = `
:host{display:block}
.groups{display:grid;gap:1.6em}
.groups h2{display:flex;align-items:center;gap:.5em;margin-block-end:.35em}
.item{display:flex;justify-content:space-between;gap:.2em 1.5em;padding-block:.6em;border-block-start:1px solid var(--rule)}
.item>:first-child{min-inline-size:0}
.item .cost{display:flex;flex-wrap:wrap;justify-content:end;align-content:start;gap:0 .5em;flex:none;max-inline-size:45%;font-variant-numeric:tabular-nums}
.item .cost .price{font-weight:650}
.harsh h2::before{content:"";inline-size:.6em;block-size:.6em;border-radius:2px;rotate:45deg;background:var(--warn)}
.sentences{margin-block-start:.5em}
.never{padding:.8em 1em;border-radius:var(--round);background:var(--good-tint)}
.never .heading{margin-block:0 .3em;color:var(--good)}
.never li{padding-inline-start:1.2em;position:relative}
.never li::before{content:"";position:absolute;inset-inline-start:.15em;inset-block-start:.4em;inline-size:.3em;block-size:.6em;border:solid var(--good);border-width:0 2px 2px 0;rotate:40deg}
.plans{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr));gap:.9em;margin-block-start:.6em}
.plan.mine{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.plan .top{display:flex;justify-content:space-between;gap:.5em;align-items:baseline;flex-wrap:wrap}
.plan .cost{font-size:1.25em;font-weight:680;margin-block:.15em}
.plan dl{margin-block-start:.8em;font-size:.9375em}
.plan dl>div{padding-block:.35em;border-block-start:1px solid var(--rule)}
.plan dt{color:var(--soft);font-size:.875em}
`;

  needs() {
    return isSetUp() ? ['contract', 'prices', 'customer'] : ['contract'];
  }

  /**
   * @param {any} terms
   * @param {any} [prices]
   * @param {any} [customer]
   */
  show(terms, prices, customer) {
    const { free, paid, paid_even_if, paid_also, always_free } = terms.summary;
    /** @type {Map<string, any>} */
    const mine = new Map(prices?.items.map((/** @type {any} */ one) => [one.action, one]));
    return [
      part(
        'div',
        'groups',
        this.group('free_group', 'group', free, mine),
        this.group('paid_group', 'group', paid, mine, paid_also),
        this.group('harsh_group', 'group harsh', paid_even_if, mine),
        this.never(always_free),
        this.plans(terms, customer),
      ),
    ];
  }

  /**
   * @param {string} key
   * @param {string} kind
   * @param {any[]} items
   * @param {Map<string, any>} mine
   * @param {string[]} [also]
   */
  group(key, kind, items, mine, also = []) {
    if (!items.length) return null;
    const rows = items.map((item) => this.item(item, mine.get(item.action)));
    return make(
      'section',
      { part: 'group', class: kind },
      said('h2', 'title', label(this, key)),
      part('ul', 'items', ...rows),
      ...also.map((words) => said('p', 'soft sentences', words)),
    );
  }

  /**
   * @param {any} item as the contract has it for everybody
   * @param {any} own as it is for this customer
   */
  item(item, own) {
    const isLeftOut = own?.denial?.code === 'not_in_plan';
    const note = isLeftOut ? own.denial.detail : item.note;
    const cost = own && !isLeftOut ? ownPrice(this, own) : said('span', 'price', item.price.text);
    return part(
      'li',
      'item',
      make('div', null, said('div', 'name', item.name), said('p', 'soft', note)),
      part('div', 'cost', cost),
    );
  }

  /** @param {string[]} sentences */
  never(sentences) {
    if (!sentences.length) return null;
    const items = sentences.map((words) => said('li', 'sentence', words));
    return part(
      'section',
      'never',
      said('p', 'heading', label(this, 'always_free')),
      make('ul', null, ...items),
    );
  }

  /**
   * @param {any} terms
   * @param {any} customer
   */
  plans({ plans, links }, customer) {
    if (!plans.length) return null;
    const cards = plans.map((/** @type {any} */ plan) =>
      this.plan(plan, plan.plan === customer?.plan),
    );
    const to = customer && safePlace(links?.plans) && link(links.plans, label(this, 'change_plan'));
    return make(
      'section',
      null,
      said('h2', 'title', label(this, 'plans')),
      part('ul', 'plans', ...cards),
      to && part('div', 'acts', to),
    );
  }

  /**
   * @param {any} plan
   * @param {boolean} isMine
   */
  plan({ name, price, suits, facts, includes, left_out: out }, isMine) {
    const rows = [...includes, ...facts].map(
      ({ name: action, label: fact, text }) =>
        /** @type {[string, Inside]} */ ([action ?? fact, text]),
    );
    const without = out && label(this, 'left_out', { names: out.names.join(', ') });
    return make(
      'li',
      { part: 'plan', class: isMine ? 'plan card mine' : 'plan card' },
      part('div', 'top', said('strong', 'name', name), isMine && badge(label(this, 'your_plan'))),
      said('p', 'cost', price),
      suits && said('p', 'soft', label(this, 'suits', { people: suits })),
      pairs('facts', rows),
      out && said('p', 'soft sentences', without),
      out?.why && said('p', 'soft', out.why),
    );
  }
}

/**
 * What one more costs a customer now, in few words.
 * @param {Element} element
 * @param {any} is
 * @returns {Inside[]}
 */
function ownPrice(element, is) {
  if (is.price === '0') {
    if (is.own_key) return [badge(label(element, 'own_key'), true)];
    return is.allowed ? [badge(label(element, 'free'))] : [];
  }
  const price = credits(element, is.price);
  const words = is.at_most ? label(element, 'at_most', { price }) : price;
  return [said('span', 'price', words), is.money && said('span', 'money', is.money)];
}

PIECES.push(['probity-prices', ProbityPrices]);
