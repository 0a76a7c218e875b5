// The few words of the elements' own, in one place. Whatever the contract has a sentence for is
// said in that sentence, never in one from here.

/** @type {Record<string, Record<string, string>>} */
const LABELS = {
  en: {
    free: 'Free',
    own_key: 'On your key',
    at_most: 'At most {price}',
    credit: '{n} credit',
    credits: '{n} credits',
    loading: 'Loading',
    why: 'Why, and what to do',
    cannot: 'This cannot be done here. Nothing was charged.',
    try_again: 'Billing cannot be reached just now. Please try again: nothing is done twice.',
    away: 'Billing cannot be reached just now. We keep trying.',
    as_of: 'As of {time}. Billing cannot be reached just now, so this may have changed.',
    signed_out: 'Sign in again to see prices and credits.',
    set_up: 'Prices and credits cannot be shown here yet.',
    not_offered: 'This is not offered.',
    refused: 'This cannot be shown. Nothing was charged.',
    wallet: 'Your credits',
    wallet_button: '{credits}: what you can use',
    can_use: 'You can use',
    held: 'Set aside for work in progress',
    owed: 'From your credit line',
    enough_for: 'Enough for',
    left_of: '{left} of {units} left',
    back_on: 'Full again on {date}',
    expires: 'Until {date}',
    never_expires: 'For ever',
    lasts_until: 'At your pace they last until {date}.',
    where_from: 'Where they come from',
    free_units: 'Free for you',
    plan: 'From your plan',
    bought: 'Bought',
    gift: 'Gift',
    goodwill: 'Goodwill',
    close: 'Close',
    not_enough: 'What you can do',
    needs: 'Needs',
    has: 'You can use',
    missing: 'Missing',
    agree: 'Agree and go on',
    back: 'Not now',
    if_ends: 'What you pay, depending on how it ends',
    nothing: 'nothing',
    depends: 'depends on what arrives',
    price_until: 'This price is yours until {time}.',
    price_changed: 'The price is no longer the same. Please look again.',
    free_group: 'Free',
    paid_group: 'Paid',
    harsh_group: 'Paid even if nothing is found',
    always_free: 'You never pay for',
    plans: 'Ways of working',
    your_plan: 'Your plan',
    change_plan: 'Change your plan',
    suits: 'For {people}',
    left_out: 'Not part of it: {names}.',
    no_receipts: 'Nothing yet. What you start appears here, also what costs nothing.',
    not_charged: 'Not charged',
    running: '{credits} set aside',
    running_free: 'Running',
    agreed_to: 'You agreed to',
    refund: 'Given back',
    more: 'Show more',
    details: 'How this came about',
    paid_from: 'Paid from',
    rules: 'Contract',
    receipt: 'Receipt',
    set_aside: 'Set aside at the start',
    given_back: 'Of that, not taken',
    question: 'This is wrong',
    question_text: 'What is wrong?',
    too_long: 'This is too long: please leave out about {n} letters.',
    send: 'Send',
    cancel: 'Cancel',
    question_kept: 'Thank you. We look at it: {id}',
    stop_me: 'Stop me',
    stop_at: 'At most this many credits a month',
    stop_help: 'What would go beyond it is not started, and costs nothing.',
    empty_usual: 'Empty: the usual {credits}.',
    empty_none: 'Empty: no limit.',
    used: '{used} used this month',
    member_at: 'At most this many credits a month for {name}',
    members: 'For each person',
    tell_me: 'Tell me',
    auto: 'Automatic top-up',
    auto_off: 'Off: nothing is bought unless you buy it.',
    auto_on: 'Below {below}, {credits} are bought; at most {most} a month.',
    turn_off: 'Turn off',
    save: 'Save',
    saved: 'Saved.',
    saved_below:
      'Saved. You have used {used} already: nothing more is charged this month.',
    bad_amount: 'A number of credits, such as 50 or 12.5.',
    only_lower: 'You can only lower your own limit.',
    not_saved: 'This was not saved: {why}',
    delivered_if: 'it is delivered',
    partial_if: 'only a part arrives',
    empty_if: 'nothing is found',
    failed_if: 'it fails or takes too long',
    bad_input_if: 'your input cannot be worked with',
    blocked_if: 'a safety rule stops it',
    cancelled_if: 'you stop before anything arrives',
    abandoned_if: 'you leave once it has begun to arrive',
    reopened_if: 'you open the same again',
  },
};

/**
 * The language that applies to an element: the nearest `lang`, also outside of shadow roots.
 * @param {Element} element
 */
function languageOf(element) {
  /** @type {any} */
  let at = element;
  while (at) {
    const found = at.closest?.('[lang]');
    if (found) return found.lang;
    at = at.getRootNode?.().host;
  }
  return navigator.language || 'en';
}

/**
 * A label: the element's own `label-…` attribute, else the table of its language, else English.
 * @param {Element} element
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
function label(element, key, values = {}) {
  const language = languageOf(element).toLowerCase();
  const own = element.getAttribute(`label-${key.replaceAll('_', '-')}`);
  const table = LABELS[language] ?? LABELS[language.split('-')[0]] ?? {};
  const form = own ?? table[key] ?? LABELS.en[key] ?? key;
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = String(values[name] ?? whole);
    // Names in another script keep their direction to themselves.
    return /^[ -~]*$/.test(value) ? value : `\u2068${value}\u2069`;
  });
}

/**
 * An amount of credits, as a label: decimal strings stay as they are.
 * @param {Element} element
 * @param {string} amount
 */
function credits(element, amount) {
  return label(element, amount === '1' ? 'credit' : 'credits', { n: amount });
}

/**
 * A day of the contract's calendar; with its hour, a moment of the reader's own.
 * @param {Element} element
 * @param {string|Date} at
 * @param {boolean} [withTime]
 */
function day(element, at, withTime = false) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  /** @type {Intl.DateTimeFormatOptions} */
  const form = {
    day: 'numeric',
    month: 'long',
    year: isThisYear ? undefined : 'numeric',
    hour: withTime ? 'numeric' : undefined,
    minute: withTime ? '2-digit' : undefined,
    timeZone: withTime ? undefined : shelf.get('contract')?.data?.terms?.time_zone,
  };
  const language = languageOf(element);
  try {
    // As the contract writes days: 23 December.
    return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, form).format(date);
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' }).format(date);
  }
}
