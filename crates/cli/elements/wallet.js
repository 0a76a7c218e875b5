// <probity-wallet>: a quiet pill with what can be used; pressed, what that is enough for, what is
// set aside apart from what is spent, where it comes from and until when.

class ProbityWallet extends ProbityElement {
  static observedAttributes = ['open'];

  static css = `
.pill{border-radius:99px;padding:.35em .9em;min-block-size:2.25em;font-variant-numeric:tabular-nums;font-weight:600;display:inline-flex;align-items:center;gap:.5em}
.pill::before{content:"";inline-size:.55em;block-size:.55em;border-radius:50%;background:var(--good);flex:none}
.pill.low::before{background:var(--warn)}
.pill .more{font-weight:400;color:var(--soft)}
.panel{position:absolute;inset-block-start:calc(100% + .5em);inset-inline-end:0;z-index:var(--probity-layer,1000);inline-size:22rem;max-inline-size:calc(100vw - 2rem);max-block-size:min(34rem,75vh);overflow:auto;box-shadow:0 18px 44px -14px #0005}
:host([side=start]) .panel{inset-inline:0 auto}
.big{font-size:1.75em;font-weight:680;letter-spacing:-.01em;line-height:1.15;font-variant-numeric:tabular-nums}
.alert{color:var(--warn);background:var(--warn-tint);border-radius:var(--round);padding:.45em .7em;font-size:.875em;margin-block-start:.5em}
@media(max-width:480px){.panel{position:fixed;inset:auto 0 0 0;inline-size:auto;max-inline-size:none;border-end-start-radius:0;border-end-end-radius:0;max-block-size:80vh;padding-block-end:1.6em}}
`;

  constructor() {
    super();
    this.id_ = `w${random()}`;
    this.onOutside = (/** @type {Event} */ event) => {
      if (!event.composedPath().includes(this)) this.close();
    };
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.isOpen) return;
      event.stopPropagation();
      this.close();
      this.root.querySelector('button')?.focus();
    });
  }

  get isOpen() {
    return this.hasAttribute('open');
  }

  close() {
    this.removeAttribute('open');
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.onOutside);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.onOutside);
  }

  needs() {
    return this.isOpen ? ['wallet', 'prices', 'contract'] : ['wallet'];
  }

  /** The pill stays while what its panel needs is fetched. */
  loading() {
    const { data } = kept('wallet');
    const nodes = super.loading();
    return data ? [this.pill(data), this.isOpen && this.panel(nodes)] : nodes;
  }

  /**
   * @param {any} wallet
   * @param {any} [prices]
   */
  show(wallet, prices) {
    const has = credits(this, wallet.available);
    this.tell(label(this, 'wallet_button', { credits: has }));
    const names = new Map(prices?.items.map((/** @type {any} */ one) => [one.action, one.name]));
    return [this.pill(wallet), this.isOpen && this.panel(this.inside(wallet, names))];
  }

  /** @param {any} wallet */
  pill(wallet) {
    const has = credits(this, wallet.available);
    const isLow = wallet.alerts.length > 0 || wallet.available === '0';
    const pill = make(
      'button',
      {
        type: 'button',
        part: 'pill',
        class: isLow ? 'pill low' : 'pill',
        dir: 'auto',
        'aria-expanded': String(this.isOpen),
        'aria-controls': this.isOpen ? this.id_ : null,
        'aria-label': label(this, 'wallet_button', { credits: has }),
        onclick: () => this.toggleAttribute('open'),
      },
      has,
    );
    pill.dataset.key = 'pill';
    return pill;
  }

  /** @param {Inside[]} inside */
  panel(inside) {
    return make(
      'section',
      {
        part: 'panel',
        class: 'panel card',
        id: this.id_,
        role: 'group',
        tabindex: '0',
        'data-key': 'panel',
        'aria-label': label(this, 'wallet'),
      },
      ...inside,
    );
  }

  /**
   * @param {any} wallet
   * @param {Map<string, string>} names
   * @returns {Inside[]}
   */
  inside(wallet, names) {
    const isWhole = wallet.held === '0' && wallet.owed === '0';
    return [
      said('p', 'soft', label(this, 'can_use')),
      said('p', 'big', credits(this, wallet.available)),
      isWhole && wallet.money && said('p', 'money', wallet.money),
      ...wallet.alerts.map((/** @type {any} */ one) => said('p', 'alert', one.words)),
      !isWhole &&
        pairs('rows', [
          ...this.unlessNone('held', wallet.held),
          ...this.unlessNone('owed', wallet.owed),
        ]),
      ...this.section('enough_for', this.enough(wallet, names)),
      ...this.section('free_units', this.units(wallet, names)),
      ...this.section(
        'where_from',
        wallet.grants.map((/** @type {any} */ one) => grantRow(this, one)),
      ),
      // An alert says the same.
      !wallet.alerts.some((/** @type {any} */ one) => one.alert === 'runs_out') &&
        wallet.runs_out_on &&
        said(
          'p',
          'soft',
          label(this, 'lasts_until', {
            date: day(this, wallet.runs_out_on),
          }),
        ),
    ];
  }

  /**
   * @param {string} key
   * @param {string} amount
   * @returns {[string, Inside][]}
   */
  unlessNone(key, amount) {
    return amount === '0' ? [] : [[label(this, key), credits(this, amount)]];
  }

  /**
   * @param {string} key
   * @param {[string, Inside|Inside[]][]} rows
   * @returns {Inside[]}
   */
  section(key, rows) {
    return rows.length ? [said('p', 'heading', label(this, key)), pairs('rows', rows)] : [];
  }

  /**
   * @param {any} wallet
   * @param {Map<string, string>} names
   * @returns {[string, Inside][]}
   */
  enough(wallet, names) {
    const all = /** @type {[string, number][]} */ (Object.entries(wallet.enough_for));
    return all.flatMap(([action, n]) => {
      const name = names.get(action);
      return name ? [/** @type {[string, Inside]} */ ([name, String(n)])] : [];
    });
  }

  /**
   * @param {any} wallet
   * @param {Map<string, string>} names
   * @returns {[string, Inside[]][]}
   */
  units(wallet, names) {
    const all = /** @type {[string, any][]} */ (Object.entries(wallet.allowances));
    return all.flatMap(([action, { units, used, resets_at }]) => {
      const name = names.get(action);
      const left = label(this, 'left_of', { left: Math.max(0, units - used), units });
      const date = day(this, resets_at);
      const back = used > 0 && said('div', 'soft', label(this, 'back_on', { date }));
      return name ? [/** @type {[string, Inside[]]} */ ([name, [left, back]])] : [];
    });
  }
}

/**
 * Where credits come from, how many are left of them, and until when.
 * @param {Element} element
 * @param {any} grant
 * @returns {[string, Inside[]]}
 */
function grantRow(element, { kind, available, expires }) {
  const until = expires
    ? label(element, 'expires', { date: day(element, expires) })
    : label(element, 'never_expires');
  return [label(element, kind), [credits(element, available), said('div', 'soft', until)]];
}

PIECES.push(['probity-wallet', ProbityWallet]);
