// <my-wallet>: what the credits are enough for, before what they are; what is set aside apart from
// what is spent; where they come from and until when. <my-lately>: what happened last.

class MyWallet extends ProbityElement {
  static css = `
:host{display:block}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.5rem),1fr));gap:.9em;margin-block:.7em 1.4em}
.tile .n{font-size:2.25em;font-weight:680;letter-spacing:-.02em;line-height:1.1;font-variant-numeric:tabular-nums}
.tile.none .n{color:var(--soft)}
.sum{font-size:1.0625em}
.sum strong{font-weight:680}
.cards{columns:20rem 2;column-gap:1em;margin-block-start:1.4em}
.cards>*{break-inside:avoid;margin-block-end:1em}
.card h2{font-size:.875em;color:var(--soft);margin-block-end:.3em}
.alert{color:var(--warn);background:var(--warn-tint);border-radius:var(--round);padding:.6em .9em;margin-block-end:.7em}
.bar{block-size:.4em;border-radius:99px;background:var(--rule);overflow:hidden;margin-block:.35em}
.bar>span{display:block;block-size:100%;background:var(--good);border-radius:99px}
.unit{padding-block:.5em;border-block-start:1px solid var(--rule)}
.unit:first-child{border:0}
.unit .line{display:flex;justify-content:space-between;gap:1em}
.lasts{margin-block-start:.6em}
`;

  needs() {
    return ['wallet', 'prices', 'contract', 'customer'];
  }

  /**
   * @param {any} wallet
   * @param {any} prices
   * @param {any} contract
   * @param {any} customer
   */
  show(wallet, prices, contract, customer) {
    const { links, terms } = contract;
    const has = credits(this, wallet.available);
    this.tell(label(this, 'wallet_button', { credits: has }));
    /** @type {Map<string, any>} */
    const items = new Map(prices.items.map((/** @type {any} */ one) => [one.action, one]));
    const none = wallet.available === '0';
    const top = wallet.caps.auto_top_up;
    const sells = terms.plans[customer.plan]?.top_ups !== false;
    const to = sells && links.top_up && link(links.top_up, label(this, 'buy_more'), 'go');
    const buy = to && to.localName === 'a' && part('div', 'acts', to);
    return [
      ...wallet.alerts.map((/** @type {any} */ one) => said('p', 'alert', one.words)),
      this.sum(wallet, has),
      none ? buy : this.tiles(wallet, items),
      part(
        'div',
        'cards',
        this.held(wallet),
        this.units(wallet, items),
        this.from(wallet, !none && buy, planBecomes(this, customer, contract)),
        (sells || top) && this.topUp(top),
      ),
    ];
  }

  /**
   * @param {any} wallet
   * @param {string} has
   */
  sum(wallet, has) {
    if (wallet.available === '0') return said('p', 'sum', label(this, 'nothing_left'));
    // What is set aside or owed is part of the money that is told.
    const money = wallet.available === wallet.balance && wallet.money && ` (${wallet.money})`;
    return make(
      'p',
      { class: 'sum', part: 'sum', dir: 'auto' },
      `${label(this, 'can_use')} `,
      make('strong', null, has),
      money && said('span', 'money', money),
      `. ${label(this, 'enough_for')}:`,
    );
  }

  /**
   * @param {any} wallet
   * @param {Map<string, any>} items
   */
  tiles(wallet, items) {
    const all = /** @type {[string, number][]} */ (Object.entries(wallet.enough_for));
    const tiles = all.flatMap(([action, n]) => {
      const item = items.get(action);
      const tile = () =>
        make(
          'li',
          { part: 'tile', class: n ? 'tile card' : 'tile card none' },
          said('p', 'n', label(this, 'times', { n })),
          said('p', 'name', item.name),
        );
      return item ? [tile()] : [];
    });
    return tiles.length > 0 && part('ul', 'tiles', ...tiles);
  }

  /** @param {any} wallet */
  held({ held, owed }) {
    if (held === '0' && owed === '0') return null;
    return card(this, 'held', '',
      said('p', 'sum', credits(this, held)),
      said('p', 'soft', label(this, 'held_says')),
      owed !== '0' && pairs('rows', [[label(this, 'owed'), credits(this, owed)]]),
    );
  }

  /**
   * @param {any} wallet
   * @param {Map<string, any>} items
   */
  units({ allowances }, items) {
    const all = /** @type {[string, any][]} */ (Object.entries(allowances));
    const rows = all.flatMap(([action, { units, used, resets_at }]) => {
      const item = items.get(action);
      return item ? [this.unit(item.name, units, used, resets_at)] : [];
    });
    return rows.length > 0 && card(this, 'free_units', '', make('ul', null, ...rows));
  }

  /**
   * @param {string} name
   * @param {number} units
   * @param {number} used
   * @param {string} resets
   */
  unit(name, units, used, resets) {
    const left = Math.max(0, units - used);
    const fill = make('span');
    fill.style.inlineSize = `${units ? (left / units) * 100 : 0}%`;
    return part(
      'li',
      'unit',
      make(
        'div',
        { class: 'line' },
        said('span', 'name', name),
        said('span', 'row-end', label(this, 'left_of', { left, units })),
      ),
      make('div', { class: 'bar', 'aria-hidden': 'true' }, fill),
      left < units && said('p', 'soft', label(this, 'back_on', { date: day(this, resets) })),
    );
  }

  /**
   * @param {any} wallet
   * @param {Inside} buy
   * @param {Inside} next
   */
  from({ grants, alerts, runs_out_on: ends }, buy, next) {
    if (!grants.length && !next) return null;
    const rows = grants.map((/** @type {any} */ one) => grantRow(this, one));
    // An alert says the same.
    const isTold = alerts.some((/** @type {any} */ one) => one.alert === 'runs_out');
    const lasts = ends && !isTold && label(this, 'lasts_until', { date: day(this, ends) });
    const until = lasts && said('p', 'lasts', lasts);
    return card(this, 'where_from', '', pairs('rows', rows), until, next, buy);
  }

  /** @param {any} top */
  topUp(top) {
    const to = make('a', { class: 'link', href: '/my/limits' }, label(this, 'top_up_link'));
    const words = said('p', 'words', topUpWords(this, top));
    return card(this, 'auto', '', words, part('div', 'acts', to));
  }
}

class MyLately extends ProbityElement {
  static css = `
:host{display:block;margin-block-start:1.8em}
${ITEM_CSS}
h2{margin-block-end:.2em}
a.name{color:inherit;text-decoration-color:var(--rule)}
`;

  needs() {
    return ['statement:', 'customer', 'contract'];
  }

  /**
   * @param {any} first
   * @param {any} customer
   */
  show(first, customer) {
    const members = memberNames(customer);
    const entries = first.items.slice(0, 6).map((/** @type {any} */ item) => {
      const words = itemName(this, item);
      const name = item.run
        ? make('a', { class: 'link name', href: `/my/receipts#${item.run}`, dir: 'auto' }, words)
        : said('div', 'name', words);
      return part('li', 'entry', ...itemHead(this, item, members, name));
    });
    const all = make('a', { class: 'go', href: '/my/receipts' }, label(this, 'all_receipts'));
    return [
      said('h2', 'title', label(this, 'lately')),
      entries.length
        ? part('ul', 'entries', ...entries)
        : said('p', 'soft', label(this, 'no_receipts')),
      entries.length > 0 && part('div', 'acts', all),
    ];
  }
}
