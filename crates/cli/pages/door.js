// <my-door>: what is behind it is shown to whom the token is for; otherwise it says why not, and
// how to come back. <my-who>: whose page it is.

/**
 * The site's own name, for people.
 * @param {string} url
 */
function siteName(url) {
  return new URL(url).host;
}

class MyDoor extends ProbityElement {
  static css = `
:host{display:block}
.closed{padding:1.6em 1.5em;max-inline-size:38rem}
.closed p{font-size:1.0625em}
`;

  constructor() {
    super();
    this.behind = make('slot');
    this.root.append(this.behind);
  }

  needs() {
    return ['customer'];
  }

  show() {
    this.behind.hidden = false;
    return [];
  }

  /** What is shown below says so itself. */
  asOf() {
    return null;
  }

  loading() {
    this.behind.hidden = false;
    return [];
  }

  /** @param {Trouble} trouble */
  sorry(trouble) {
    this.behind.hidden = true;
    this.dispatch('probity:trouble', { kind: trouble.kind, problem: trouble.problem });
    /** @type {Record<string, string>} */
    const keys = { set_up: 'come_from', signed_out: 'come_again', refused: 'nobody' };
    const back = wayBack();
    const to = back && link(back, label(this, 'back_to', { site: siteName(back) }), 'go first');
    return make(
      'div',
      { class: 'card closed', role: 'alert' },
      said('p', 'words', label(this, keys[trouble.kind] ?? 'away')),
      keys[trouble.kind] && to && part('div', 'acts', to),
    );
  }
}

class MyWho extends ProbityElement {
  static css = `
.who{font-weight:600;max-inline-size:36em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
`;

  needs() {
    return ['customer'];
  }

  /** @param {any} customer */
  show(customer) {
    const name = customer.name || customer.customer;
    const { known } = now;
    const id = known?.member;
    const mine = customer.members.find((/** @type {any} */ one) => one.id === id);
    const words = id ? label(this, 'for_member', { name: mine?.name ?? id, customer: name }) : name;
    return [said('p', 'who', words)];
  }

  asOf() {
    return null;
  }

  loading() {
    return [];
  }

  sorry() {
    return null;
  }
}

/** The way back to the product, where it is known. */
function linkBack() {
  const place = document.querySelector('my-back');
  const back = wayBack();
  if (!place || !back) return;
  place.append(link(back, label(place, 'back_to', { site: siteName(back) })));
}
