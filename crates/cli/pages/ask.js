// What the pages ask beyond the elements; amounts are reckoned as whole millionths, never as
// floats.

/** How many items of a statement come at once, and when somebody searches. */
const PAGE = 50;
const WIDE_PAGE = 100;

/**
 * The address of a page of the statement.
 * @param {string} only a group, or nothing
 * @param {number} limit
 * @param {string} [cursor]
 */
function statement(only, limit, cursor) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (only) query.set('only', only);
  if (cursor) query.set('cursor', cursor);
  return own(`/statement?${query}`);
}

Object.assign(SOURCES, {
  terms: () => api('GET', own('/terms')),
  lately: () => api('GET', own('/prices?last_30_days=true')),
  statement: (/** @type {string} */ only) => api('GET', statement(only, PAGE)),
  receipt: (/** @type {string} */ run) =>
    api('GET', () => `/v1/runs/${encodeURIComponent(run)}`),
});

/**
 * Millionths of a credit.
 * @param {string} amount
 */
function millionths(amount) {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new Trouble('away');
  const all = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return sign ? -all : all;
}

/**
 * The same as a decimal again.
 * @param {bigint} all
 */
function decimal(all) {
  const [sign, size] = all < 0n ? ['-', -all] : ['', all];
  const part = String(size % 1_000_000n).padStart(6, '0').replace(/0+$/, '');
  return `${sign}${size / 1_000_000n}${part && `.${part}`}`;
}

/**
 * What something did to what can be used: `+120 credits`, `−6 credits`.
 * @param {Element} element
 * @param {string} amount
 */
function signed(element, amount) {
  const isLess = amount.startsWith('-');
  const words = credits(element, isLess ? amount.slice(1) : amount);
  return amount === '0' ? words : `${isLess ? '\u2212' : '+'}${words}`;
}

/**
 * The whole statement, or one group of it, as a file.
 * @param {string} only
 */
async function download(only) {
  const token = await currentToken();
  const path = own(`/statement?format=csv${only && `&only=${only}`}`)(token);
  const headers = { Authorization: `Bearer ${token.token}`, Accept: 'text/csv' };
  const answer = await send(path, { headers, signal: AbortSignal.timeout(120_000) });
  if (!answer.ok) throw new Trouble(answer.status === 401 ? 'signed_out' : 'away');
  // Cut off on its way it is no file: reading it fails.
  const file = await answer.blob();
  const day = new Date().toISOString().slice(0, 10);
  const href = URL.createObjectURL(file);
  const whose = token.customer.replace(/[^\w.-]/g, '_');
  const name = ['statement', whose, day, only.replace('_', '-')].filter(Boolean).join('-');
  make('a', { href, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * What the contract says under labels, as rows.
 * @param {any[]} facts
 * @returns {[string, string][]}
 */
function factRows(facts) {
  return facts.map(({ label: name, text }) => [name, text]);
}
