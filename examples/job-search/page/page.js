// What JobScout's pages do: they tell the elements what each button is about, start a run when it
// is agreed to, and show what came of it. Prices and refusals are the elements'.

/** Where nothing was told, nothing is known: of money it says no more than that. */
const AWAY = {
  title: 'No answer',
  detail: 'No answer came from JobScout. What was charged, if anything, stands in your receipts.',
};

/** Sends JSON to the product's own server; a refusal is shown with its ways forward. */
async function sends(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  const said = (await answer?.json().catch(() => null)) ?? AWAY;
  if (answer?.ok && said !== AWAY) return said;
  void Probity.show(said);
  return null;
}

/** The element is told what would be bought: this draft, that many pages, this person. */
function describes(card) {
  const price = card.querySelector('probity-price');
  const inputs = {};
  for (const field of card.querySelectorAll('[data-as]')) {
    const name = field.dataset.as;
    if (name === 'artifact' || name === 'quantity') {
      // What cannot be asked for has no price of its own.
      if (field.checkValidity()) price.setAttribute(name, field.value);
      else price.removeAttribute(name);
    } else if (field.value.trim()) inputs[name] = field.value.trim();
  }
  // What makes it the same: who searches for the same again, or for the same person, pays once.
  const same = card.dataset.same?.split(' ').map((name) => inputs[name] ?? '');
  if (same) price.setAttribute('artifact', same.join(' @ ').toLowerCase().slice(0, 200));
  if (Object.keys(inputs).length) price.setAttribute('inputs', JSON.stringify(inputs));
  else price.removeAttribute('inputs');
}

/** What cannot be asked for is said here, before it is asked for; null: it can. */
function mends(card) {
  const field = [...card.querySelectorAll('input')].find((input) => !input.checkValidity());
  return field ? `${field.dataset.wants} Nothing was started.` : null;
}

/** What came of it: the receipt's words, and what was found. */
function shows(card, { found, words: told }) {
  const words = document.createElement('p');
  words.textContent = told;
  const list = document.createElement('ul');
  for (const line of found) {
    const item = document.createElement('li');
    item.textContent = line;
    list.append(item);
  }
  card.querySelector('.said').replaceChildren(words, ...(found.length ? [list] : []));
}

for (const card of document.querySelectorAll('article')) {
  describes(card);
  card.addEventListener('change', () => describes(card));
  // Before the element hears of the press.
  card.addEventListener(
    'click',
    (event) => {
      const words = event.target.closest('probity-price') && mends(card);
      if (!words) return;
      event.stopPropagation();
      shows(card, { found: [], words });
    },
    true,
  );
}

document.addEventListener('probity:go', async ({ target, detail }) => {
  const card = target.closest('article');
  const { action, quote, artifact, quantity, inputs } = detail;
  const story = card.querySelector('[data-story]').value;
  card.setAttribute('aria-busy', 'true');
  const said = await sends(`/do/${action}`, { quote, artifact, quantity, inputs, story });
  card.removeAttribute('aria-busy');
  if (!said) return;
  shows(card, said);
  Probity.refresh(said); // the wallet and the prices, as of that run
});

/** A plan that waits for the paid period's end: which, and from when. */
function waits({ next_plan: plan, changes_on: on }) {
  const named = document.querySelector(`[data-plan="${CSS.escape(plan)}"]`)?.closest('.pack');
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  const day = new Date(on).toLocaleDateString('en-GB', form);
  const name = named?.querySelector('strong').textContent ?? plan;
  return `${name} begins on ${day}: until then you keep what you paid for.`;
}

// Buttons that only send: a pack of credits, a plan, what is for trying out.
for (const button of document.querySelectorAll('[data-sends]')) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    const { sends: path, ...body } = button.dataset;
    const said = await sends(path, body);
    button.disabled = false;
    if (said?.next_plan) shows(document, { found: [], words: waits(said) });
    if (said?.to) location.assign(said.to);
    else Probity.refresh();
  });
}
