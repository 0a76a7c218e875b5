// <my-top-up>: automatic top-up, asked for by the customer and always with the most a month. Where
// the contract or the plan has none, or it is on already, nothing stands here.

/** What is asked for, in the order in which it is said. */
const TOP_UP = ['below', 'credits', 'month_at_most'];

class MyTopUp extends ProbityElement {
  static css = `
:host{display:block;margin-block-start:1.2em}
form{display:grid;gap:.35em;max-inline-size:30rem}
input{max-inline-size:10em;font-variant-numeric:tabular-nums}
label{margin-block-start:.5em}
summary{cursor:pointer;color:var(--accent);border-radius:6px;inline-size:fit-content}
[aria-invalid=true]{border-color:var(--warn)}
`;

  constructor() {
    super();
    /** Its own node, so that what is typed stays. @type {any} */
    this.asked = null;
  }

  needs() {
    return ['wallet', 'contract', 'customer'];
  }

  unknown() {
    this.asked = null;
  }

  /**
   * @param {any} wallet
   * @param {any} contract
   * @param {any} customer
   */
  show({ caps }, { terms }, { plan }) {
    const isSold = terms.auto_top_up && terms.plans[plan]?.top_ups;
    if (!isSold || caps.auto_top_up || now.known?.member) {
      this.unknown();
      return [];
    }
    this.asked ??= this.asks();
    return [this.asked];
  }

  /** What is typed is not put in anew. */
  replace(/** @type {Inside[]} */ nodes, isUnknown = false) {
    if (isUnknown || !nodes[0] || nodes[0] !== this.body.firstChild) super.replace(nodes);
  }

  asks() {
    const fields = TOP_UP.flatMap((name) => {
      const input = make('input', {
        ...{ id: name, name, inputmode: 'decimal', autocomplete: 'off' },
        'aria-describedby': 'why',
        oninput: () => {
          input.removeAttribute('aria-invalid');
          this.fault('auto').replaceChildren();
        },
      });
      return [make('label', { for: name, dir: 'auto' }, label(this, `auto_${name}`)), input];
    });
    const why = this.fault('auto');
    why.id = 'why';
    const press = make('button', { class: 'first', part: 'first' }, label(this, 'auto_turn_on'));
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.send(press);
    };
    const form = make(
      'form',
      { onsubmit, novalidate: true },
      said('p', 'soft', label(this, 'auto_says')),
      ...fields,
      why,
      part('div', 'acts', press),
    );
    const ask = make('summary', { dir: 'auto' }, label(this, 'auto_ask'));
    return make('details', null, ask, form);
  }

  /** @param {any} press */
  async send(press) {
    /** @type {Record<string, string>} */
    const asked = {};
    for (const name of TOP_UP) {
      const input = /** @type {any} */ (this.root.querySelector(`[name=${name}]`));
      const amount = input.value.trim();
      const isGood = AMOUNT.test(amount);
      const isSome = name === 'below' || /[1-9]/.test(amount);
      input.removeAttribute('aria-invalid');
      if (!isGood || !isSome) {
        input.setAttribute('aria-invalid', 'true');
        const words = label(this, name === 'below' ? 'bad_amount' : 'auto_bad');
        this.fault('auto').textContent = words;
        this.live.textContent = words;
        return input.focus();
      }
      asked[name] = amount;
    }
    press.disabled = true;
    const change = { auto_top_up: asked };
    const isDone = await this.does('auto', () => api('PUT', own('/caps'), () => change, random()));
    press.disabled = false;
    if (!isDone) return undefined;
    this.live.textContent = label(this, 'saved');
    this.dispatch('probity:limits', change);
    Probity.refresh();
    return undefined;
  }
}
