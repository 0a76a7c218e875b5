// What the pages share: a card, and one item of a statement: what it was, what it did to the
// credits, and why.

/** The kinds that are about how a run ended, or that it has not. */
const OF_RUNS = ['charged', 'not_charged', 'held'];

const ITEM_CSS = `
.entry{padding-block:.9em;border-block-start:1px solid var(--rule)}
.entry:first-child{border:0}
.head{display:flex;justify-content:space-between;gap:.2em 1em;align-items:baseline}
.head>:first-child{min-inline-size:0}
.name{font-weight:600}
.amount{flex:none;text-align:end;font-variant-numeric:tabular-nums}
.amount strong{display:block;font-weight:650}
.amount .money{font-size:.875em}
.amount.more strong{color:var(--good)}
.why{margin-block-start:.2em}
`;

/**
 * A card with a title.
 * @param {Element} element
 * @param {string} title
 * @param {string} more classes
 * @param {...Inside} inside
 */
function card(element, title, more, ...inside) {
  const head = said('h2', 'title', label(element, title));
  return make('section', { part: 'card', class: `card ${more}` }, head, ...inside);
}

/**
 * That another plan begins, where one waits; nothing otherwise.
 * @param {Element} element
 * @param {any} customer
 * @param {any} terms
 */
function planBecomes(element, { next_plan: next, changes_on: on, renews }, { plans }) {
  if (!next) return null;
  const plan = plans.find((/** @type {any} */ one) => one.plan === next)?.name ?? next;
  const key = renews === 'when_paid' ? 'plan_becomes_paid' : 'plan_becomes';
  return said('p', 'next', label(element, key, { plan, date: day(element, on) }));
}

/**
 * What is the same thing, now and later: a run that was held has ended, the same refund stays.
 * @param {any} item
 */
function sameItem(item) {
  return OF_RUNS.includes(item.kind) && item.run ? item.run : `item:${item.item}`;
}

/**
 * What it is called.
 * @param {Element} element
 * @param {any} item
 */
function itemName(element, item) {
  const name = item.action_name ?? item.action;
  if (OF_RUNS.includes(item.kind)) return name;
  // A plan that begins without credits brings none.
  const isEmpty = item.kind === 'plan' && item.amount === '0';
  const kind = label(element, isEmpty ? 'your_plan' : item.kind);
  return name ? `${kind}: ${name}` : kind;
}

/**
 * When, for what and by whom.
 * @param {Element} element
 * @param {any} item
 * @param {Map<string, string>} members
 */
function itemAbout(element, { at, artifact, member, usable_until: until }, members) {
  const by = member && label(element, 'by', { name: members.get(member) ?? member });
  const last = until && label(element, 'usable_until', { date: day(element, until) });
  const all = [day(element, at, true), artifact, by, last].filter(Boolean);
  const nodes = all.flatMap((one, n) => [n > 0 && ' · ', make('bdi', null, one)]);
  return make('div', { class: 'soft' }, nodes);
}

/**
 * What it did to the credits.
 * @param {Element} element
 * @param {any} item
 */
function itemAmount(element, { kind, amount, money }) {
  if (kind === 'not_charged') return unpaid(element, null);
  if (kind === 'held') return unpaid(element, amount.replace('-', ''));
  if (amount === '0' && kind === 'plan') return null;
  const isMore = !amount.startsWith('-') && amount !== '0';
  return make(
    'div',
    { part: 'amount', class: isMore ? 'amount more' : 'amount', dir: 'auto' },
    make('strong', null, signed(element, amount)),
    money && said('span', 'money', (isMore ? '+' : '') + money.replace('-', '\u2212')),
  );
}

/**
 * The head of an entry, and why.
 * @param {Element} element
 * @param {any} item
 * @param {Map<string, string>} members
 * @param {Inside} name
 */
function itemHead(element, item, members, name) {
  return [
    part(
      'div',
      'head',
      make('div', null, name, itemAbout(element, item, members)),
      itemAmount(element, item),
    ),
    said('p', 'why', item.why),
  ];
}

/**
 * Members by their ids.
 * @param {any} customer
 * @returns {Map<string, string>}
 */
function memberNames(customer) {
  return new Map(customer.members.map((/** @type {any} */ one) => [one.id, one.name ?? one.id]));
}
