// <probity-not-enough>: a refusal with its numbers and the ways forward, from the problem that the
// server said. Also shown as a dialog, by `Probity.show(problem)`.

/** What a dialog takes over from where it was asked for: it stands elsewhere in the page. */
const THEME =
  'accent on-accent text muted surface tint border good good-tint warn warn-tint ' +
  'radius font font-size scheme';

class ProbityNotEnough extends ProbityElement {
  static observedAttributes = ['problem', 'handles'];

  static css = `
:host{display:block}
.title{text-wrap:balance}
.why{margin-block-start:.4em}
.numbers{display:flex;flex-wrap:wrap;gap:.4em 1.8em;margin-block-start:.9em}
.numbers dt{color:var(--soft);font-size:.8125em}.numbers dd{font-weight:650;font-variant-numeric:tabular-nums}
.ways{margin-block-start:.3em;display:grid;gap:.5em}
.ways .go{inline-size:100%}
.ways .go::after{content:"\\2192";float:inline-end;margin-inline-start:.6em;color:var(--soft)}
.ways :dir(rtl).go::after{content:"\\2190"}
.ways .way{display:block;padding:.5em .9em;border:1px dashed var(--rule);border-radius:var(--round)}
`;

  /** @type {any} */
  own = null;

  /** The problem, as the server said it. */
  get problem() {
    if (this.own) return this.own;
    try {
      return JSON.parse(this.getAttribute('problem') || 'null');
    } catch {
      return null;
    }
  }

  set problem(problem) {
    this.own = problem;
    this.update();
  }

  forgets() {
    this.own = null;
    this.removeAttribute('problem');
    this.update();
  }

  show() {
    const problem = this.problem;
    const why = problem?.detail ?? problem?.words;
    if (typeof why !== 'string') return [];
    this.tell(why);
    const { ways_forward: ways, title } = problem;
    const items = (Array.isArray(ways) ? ways : []).map((way) => make('li', null, this.way(way)));
    return [
      part(
        'section',
        'card',
        title && said('h2', 'title', title),
        said('p', 'why', why),
        this.numbers(problem),
        items.length && said('p', 'heading', label(this, 'not_enough')),
        items.length && part('ul', 'ways', ...items),
        this.fault('resume'),
      ),
    ];
  }

  /** @param {any} problem */
  numbers({ needs, has, missing, limit }) {
    const isOfWallet = limit?.of === 'wallet' && typeof needs === 'string';
    if (!isOfWallet) return null;
    const all = Object.entries({ needs, has, missing }).filter(([, amount]) => amount);
    return pairs(
      'numbers',
      all.map(([key, amount]) => [label(this, key), credits(this, amount)]),
    );
  }

  /** @param {any} way */
  way(way) {
    const words = String(way?.words ?? '');
    const press = () => this.takes(way);
    const handled = (this.getAttribute('handles') ?? '').split(/\s+/);
    if (handled.includes(way?.do) || way?.do === 'resume') return button(words, press, 'go');
    if (!safePlace(way?.href)) return said('span', 'way', words);
    const to = link(way.href, words, 'go');
    to.addEventListener('click', (/** @type {Event} */ event) => {
      if (!this.dispatch('probity:way', { way, problem: this.problem })) event.preventDefault();
    });
    return to;
  }

  /** @param {any} way */
  async takes(way) {
    if (!this.dispatch('probity:way', { way, problem: this.problem }) || way.do !== 'resume')
      return;
    if (await resume(this)) this.closest_?.close();
  }

  /** The dialog that it stands in. @type {HTMLDialogElement|null} */
  closest_ = null;
}

PIECES.push(['probity-not-enough', ProbityNotEnough]);

/**
 * Goes on after an unusual day; answers whether it was done.
 * @param {ProbityElement} element
 */
async function resume(element) {
  const isDone = await element.does('resume', () =>
    api('POST', own('/resume'), () => ({}), random()),
  );
  if (isDone) refresh();
  return isDone;
}

/**
 * A dialog at the end of the page that looks like where it was asked for. Focus goes back by
 * itself.
 * @param {Element|null} from
 */
function openDialog(from) {
  const host = make('probity-dialog', null);
  const style = getComputedStyle(from ?? document.body);
  for (const name of THEME.split(' ')) {
    const value = style.getPropertyValue(`--probity-${name}`);
    if (value) host.style.setProperty(`--probity-${name}`, value);
  }
  if (!style.getPropertyValue('--probity-font')) host.style.fontFamily = style.fontFamily;
  for (const { name, value } of from?.attributes ?? []) {
    if (name.startsWith('label-') || name === 'handles') host.setAttribute(name, value);
  }
  host.lang = languageOf(from ?? document.body);
  host.dir = style.direction;
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet(STYLE)];
  const title = `t${random()}`;
  const inside = part('div', 'in');
  const dialog = make('dialog', { part: 'dialog', 'aria-labelledby': title }, inside);
  root.append(dialog);
  document.body.append(host);
  const closed = new Promise((done) => {
    dialog.addEventListener('close', () => {
      host.remove();
      done(null);
    });
  });
  return { host, dialog, inside, title, closed };
}

/**
 * Shows a problem as a dialog.
 * @param {any} problem
 * @param {Element|null} [from]
 */
async function showProblem(problem, from = null) {
  const { host, dialog, inside, title, closed } = openDialog(from);
  const card = /** @type {ProbityNotEnough} */ (
    make('probity-not-enough', {
      handles: host.getAttribute('handles'),
    })
  );
  const { title: name, detail } = problem ?? {};
  if (name) inside.append(make('h2', { id: title, class: 'hidden' }, String(name)));
  else {
    dialog.removeAttribute('aria-labelledby');
    dialog.ariaLabel = String(detail ?? '');
  }
  const close = button(label(host, 'close'), () => dialog.close());
  card.closest_ = dialog;
  card.problem = problem;
  card.setAttribute('plain', '');
  inside.append(card, part('div', 'acts', close));
  card.addEventListener('probity:way', (event) => {
    // The page hears of it where it was asked for.
    event.stopPropagation();
    const { detail } = /** @type {CustomEvent} */ (event);
    const again = { detail, bubbles: true, composed: true, cancelable: true };
    const goesOn = (from ?? document).dispatchEvent(new CustomEvent('probity:way', again));
    if (!goesOn) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.showModal();
  await closed;
}
