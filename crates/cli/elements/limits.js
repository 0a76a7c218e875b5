// <probity-limits>: the customer's own caps, that stop; alerts, that tell; and going on after an
// unusual day. A member's token only lowers that member's own cap.

/** An amount of credits as people type it. */
const AMOUNT = /^\d{1,15}(\.\d{1,6})?$/;

class ProbityLimits extends ProbityElement {
  static css = `
:host{display:block}
section+section{margin-block-start:1.6em}
.used{margin-block-start:.6em}
form{margin-block-start:.6em;display:grid;gap:.35em;max-inline-size:30rem}
.field{display:flex;gap:.6em;align-items:stretch}
.field input{max-inline-size:10em;font-variant-numeric:tabular-nums}
[aria-invalid=true]{border-color:var(--warn)}
.done{color:var(--good)}
.bar{block-size:.5em;border-radius:99px;background:var(--rule);overflow:hidden;max-inline-size:30rem;margin-block-start:.5em}
.bar>span{display:block;block-size:100%;background:var(--accent);border-radius:99px;min-inline-size:0}
.alert,.paused{color:var(--warn);background:var(--warn-tint);border-radius:var(--round);padding:.6em .8em;margin-block-start:.5em}
`;

  needs() {
    return ['wallet', 'prices', 'customer', 'contract'];
  }

  /** Somebody who types is not disturbed, but by somebody else. */
  replace(/** @type {Inside[]} */ nodes, isUnknown = false) {
    const isTyping = [...this.root.querySelectorAll('input')].some(
      (input) => input.value !== input.defaultValue,
    );
    if (isUnknown || !isTyping) super.replace(nodes);
  }

  /**
   * @param {any} wallet
   * @param {any} prices
   * @param {any} customer
   * @param {any} terms
   */
  show(wallet, prices, customer, terms) {
    const member = known?.member ?? null;
    const { caps, alerts } = wallet;
    const told = this.promise(terms, 'We tell you');
    const stop = [
      said('h2', 'title', label(this, 'stop_me')),
      said('p', 'soft', label(this, 'stop_help')),
      ...(member ? this.ofMember(caps, customer, member) : this.ofAll(caps, customer, terms)),
    ];
    const tell = [
      said('h2', 'title', label(this, 'tell_me')),
      told && said('p', 'soft', told),
      ...alerts.map((/** @type {any} */ one) => said('p', 'alert', one.words)),
    ];
    return [
      this.paused(prices),
      part('section', 'stop', ...stop),
      part('section', 'tell', ...tell),
      this.topUp(caps.auto_top_up, member),
    ];
  }

  /**
   * A sentence of the contract's promises, by its label.
   * @param {any} terms
   * @param {string} name
   */
  promise({ promises }, name) {
    const facts = promises.flatMap((/** @type {any} */ topic) => topic.facts);
    return facts.find((/** @type {any} */ fact) => fact.label === name)?.text;
  }

  /**
   * @param {any} caps
   * @param {any} customer
   * @param {any} terms
   */
  ofAll(caps, { members }, { terms: { month_cap: usual } }) {
    const rows = members.map((/** @type {any} */ { id, name }) =>
      this.field(
        `m:${id}`,
        label(this, 'member_at', { name: name ?? id }),
        caps.members[id] ?? '',
        (cap) => ({
          members: { [id]: cap },
        }),
      ),
    );
    const empty = usual == null ? 'empty_none' : 'empty_usual';
    const month = (/** @type {string|null} */ cap) => ({ month: cap });
    return [
      this.used(caps.used, caps.month),
      this.field('month', label(this, 'stop_at'), caps.month ?? '', month, caps.used),
      said('p', 'soft', label(this, empty, { credits: usual && credits(this, usual) })),
      rows.length && said('p', 'heading', label(this, 'members')),
      ...rows,
    ];
  }

  /**
   * @param {any} caps
   * @param {any} customer
   * @param {string} member
   */
  ofMember(caps, customer, member) {
    const name =
      customer.members.find((/** @type {any} */ one) => one.id === member)?.name ?? member;
    const words = label(this, 'member_at', { name });
    return [
      said('p', 'soft', label(this, 'only_lower')),
      this.field('own', words, caps.members[member] ?? '', (cap) => ({
        members: { [member]: cap },
      })),
    ];
  }

  /**
   * @param {string} used
   * @param {string|null} of
   */
  used(used, of) {
    const words = said('p', 'used', label(this, 'used', { used: credits(this, used) }));
    if (!of || of === '0') return words;
    // Only the length of a bar: no amount is reckoned from it.
    const share = Math.min(100, Math.max(0, (Number(used) / Number(of)) * 100));
    const fill = make('span', null);
    fill.style.inlineSize = `${share}%`;
    return make('div', null, words, make('div', { class: 'bar', 'aria-hidden': 'true' }, fill));
  }

  /**
   * @param {string} key
   * @param {string} words
   * @param {string} is
   * @param {(cap: string|null) => any} change
   * @param {string} [used] what is used of it already
   */
  field(key, words, is, change, used) {
    const id = `f${random()}`;
    // What became of it stays, also when all is drawn anew.
    const fault = this.fault(`cap ${key}`);
    fault.id = `${id}e`;
    const input = make('input', {
      id,
      'data-key': key,
      value: is,
      inputmode: 'decimal',
      autocomplete: 'off',
      'aria-describedby': `${id}e`,
      oninput: () => {
        input.removeAttribute('aria-invalid');
        fault.replaceChildren();
      },
    });
    const save = make('button', { type: 'submit', part: 'button' }, label(this, 'save'));
    const refuse = (/** @type {string} */ why) => {
      input.setAttribute('aria-invalid', 'true');
      this.says(fault, why);
      input.focus();
    };
    const onsubmit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const cap = input.value.trim();
      if (cap !== '' && !AMOUNT.test(cap))
        return refuse(label(this, 'bad_amount'));
      const why = await this.save(change(cap === '' ? null : cap));
      if (why) return refuse(why);
      input.defaultValue = input.value;
      // Which is the larger: no amount is reckoned.
      const isBelow = cap !== '' && used && Number(cap) <= Number(used);
      const done = isBelow ? 'saved_below' : 'saved';
      this.says(fault, label(this, done, { used: credits(this, used ?? '') }), true);
      return undefined;
    };
    const form = make(
      'form',
      { onsubmit, novalidate: true },
      make('label', { for: id, dir: 'auto' }, words),
      part('div', 'field', input, save),
      fault,
    );
    return form;
  }

  /**
   * @param {HTMLElement} fault
   * @param {string} words
   * @param {boolean} [isDone]
   */
  says(fault, words, isDone = false) {
    fault.classList.toggle('done', isDone);
    fault.textContent = words;
    this.live.textContent = words;
  }

  /**
   * @param {any} change
   * @returns {Promise<string|null>} why not
   */
  async save(change) {
    try {
      seen((await api('PUT', own('/caps'), () => change, random())).seq);
    } catch (error) {
      const isForbidden = error instanceof Trouble && error.problem?.code === 'forbidden';
      if (isForbidden && known?.member) return label(this, 'only_lower');
      return label(this, 'not_saved', { why: whyNot(this, error) });
    }
    this.dispatch('probity:limits', change);
    refresh();
    return null;
  }

  /** @param {any} prices */
  paused(prices) {
    const denied = prices.items.map((/** @type {any} */ one) => one.denial);
    const stopped = denied.find((/** @type {any} */ one) => one?.code === 'paused');
    if (!stopped) return null;
    const way = stopped.ways_forward.find((/** @type {any} */ one) => one.do === 'resume');
    const acts =
      way &&
      part(
        'div',
        'acts',
        button(way.words, () => void resume(this), 'first'),
      );
    const why = said('p', 'why', stopped.detail);
    return part('section', 'paused', why, acts, this.fault('resume'));
  }

  /**
   * @param {any} top
   * @param {string|null} member
   */
  topUp(top, member) {
    if (!top) this.faults.delete('auto');
    const off = button(label(this, 'turn_off'), async () => {
      const why = await this.save({ auto_top_up: null });
      this.says(this.fault('auto'), why ?? label(this, 'saved'), !why);
    });
    return part(
      'section',
      'auto',
      said('h2', 'title', label(this, 'auto')),
      said('p', 'soft', topUpWords(this, top)),
      top && !member && part('div', 'acts', off),
      top && this.fault('auto'),
    );
  }
}

/**
 * What automatic top-up does, or that it is off.
 * @param {Element} element
 * @param {any} top
 */
function topUpWords(element, top) {
  if (!top) return label(element, 'auto_off');
  return label(element, 'auto_on', {
    below: credits(element, top.below),
    credits: credits(element, top.credits),
    most: credits(element, top.month_at_most),
  });
}

PIECES.push(['probity-limits', ProbityLimits]);
