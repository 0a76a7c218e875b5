// The way to the service: the key, idempotency keys, timeouts, and asking again with the same key
// until what came of a write is known. It decides nothing about runs.

import { DENIALS } from "./shapes.js";
import { away, type Applied } from "./problems.js";

/** How patient a client is. */
export interface Patience {
  /** Milliseconds that one try may take. */
  timeout: number;
  /** How often a call is tried again. */
  retries: number;
  /** Milliseconds before the n-th try again, from 1 on. */
  backoff: (n: number) => number;
}

/** What is known of how an answer was come by. */
export interface Sent {
  /** How often it was asked for. */
  tries: number;
  /** The idempotency key, of writes. */
  key: string | undefined;
  /** A try before this answer may have been applied, and the answer does not tell. */
  unknown: boolean;
  /** A try before may have been applied: what is answered may be its answer, replayed. */
  earlier: boolean;
}

const HOW_SENT = new WeakMap<Response, Sent>();
const DENIED: ReadonlySet<string> = new Set(DENIALS);
/** Longer than this nobody waits for a service that says when to ask again. */
const LONGEST_WAIT = 30_000;
/** Failures of a connection that was never there: nothing was sent. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** These are told before the key is looked up: they say nothing of a try before. */
const BEFORE_THE_KEY = new Set([400, 401, 403, 408, 429]);

const NOT_SENT_BEFORE: Sent = { tries: 1, key: undefined, unknown: false, earlier: false };

/** How this answer was come by. */
export function sentAs(response: Response): Sent {
  return HOW_SENT.get(response) ?? NOT_SENT_BEFORE;
}

/** Half of what doubles, and by chance up to all of it: 125 ms to 4 s. */
export function jittered(n: number): number {
  const most = Math.min(250 * 2 ** (n - 1), 4_000);
  return most / 2 + Math.random() * (most / 2);
}

/** A key of one logical call. */
export function newKey(): string {
  return `sdk_${crypto.randomUUID()}`;
}

/** A `fetch` for the API that asks again where that helps and cannot do harm. */
export function sender(
  secret: string,
  patience: Patience,
  fetching: typeof fetch,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const text = request.body === null ? undefined : await request.text();
    const headers = new Headers(request.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${secret}`);
    const writes = isWrite(request);
    if (writes && !headers.has("idempotency-key")) headers.set("idempotency-key", newKey());
    const key = headers.get("idempotency-key") ?? undefined;
    const again = writes ? isReplaySafe(request, text) : true;
    const call = { request, text, headers, key, again, writes };
    return asks(call, patience, fetching);
  };
}

interface Call {
  request: Request;
  text: string | undefined;
  headers: Headers;
  key: string | undefined;
  /** Does asking again do no harm? */
  again: boolean;
  writes: boolean;
}

async function asks(call: Call, patience: Patience, fetching: typeof fetch): Promise<Response> {
  let unknown = false;
  for (let tries = 1; ; tries += 1) {
    const last = tries > patience.retries || !call.again;
    const answer = await once(call, patience.timeout, fetching);
    if (answer instanceof Response) {
      const { code, applied } = await saidBy(answer);
      const wait = last ? undefined : waitAfter(answer, code, tries, patience);
      const earlier = unknown;
      unknown ||= call.writes && mayBeApplied(answer.status, applied);
      if (wait === undefined) {
        unknown &&= isOpenAfter(answer.status, code);
        HOW_SENT.set(answer, { tries, key: call.key, unknown, earlier });
        return answer;
      }
      // What nobody reads keeps its connection.
      void answer.body?.cancel().catch(() => undefined);
      await pause(wait, call.request.signal);
      continue;
    }
    unknown ||= call.writes && answer.maySent;
    if (last) throw unreached(call, unknown, tries, answer.error);
    await pause(patience.backoff(tries), call.request.signal);
  }
}

interface NoAnswer {
  error: unknown;
  /** May it have arrived all the same? */
  maySent: boolean;
}

async function once(
  call: Call,
  most: number,
  fetching: typeof fetch,
): Promise<Response | NoAnswer> {
  const { request, text, headers } = call;
  const timer = new AbortController();
  const ends = setTimeout(() => timer.abort(new DOMException("", "TimeoutError")), most);
  try {
    const signal = AbortSignal.any([request.signal, timer.signal]);
    const body = text === undefined ? {} : { body: text };
    const { method, url } = request;
    const answer = await fetching(url, {
      method,
      headers,
      signal,
      redirect: "error",
      cache: "no-store",
      ...body,
    });
    return await whole(answer);
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    return { error, maySent: !isNotSent(error) };
  } finally {
    clearTimeout(ends);
  }
}

/** An answer that is there as a whole, so that a connection lost in its middle is asked again. */
async function whole(answer: Response): Promise<Response> {
  if (!/json/.test(answer.headers.get("content-type") ?? "")) return answer;
  const { status, statusText, headers } = answer;
  return new Response(await answer.text(), { status, statusText, headers });
}

/** Milliseconds until asking again may help; undefined: it does not, or not soon. */
function waitAfter(
  answer: Response,
  code: string | undefined,
  tries: number,
  patience: Patience,
): number | undefined {
  const should = answer.headers.get("x-should-retry");
  // A refusal is an answer: whoever asked says whether to wait for the customer's other work.
  if (should === "false" || (code !== undefined && DENIED.has(code))) return undefined;
  const { status } = answer;
  const transient = status === 408 || status === 429 || status >= 500;
  const helps = transient || code === "idempotency_in_progress" || should === "true";
  if (!helps) return undefined;
  const wait = Math.max(retryAfter(answer) ?? 0, patience.backoff(tries));
  return wait > LONGEST_WAIT ? undefined : wait;
}

/**
 * What does not say that nothing was applied leaves it open, unless it was refused on the way:
 * something in between answers so, too, when it has lost what the service answered.
 */
function mayBeApplied(status: number, applied: unknown): boolean {
  return applied !== false && (status === 408 || status >= 500);
}

/** What a problem says of itself. */
interface Said {
  code?: string;
  applied?: unknown;
}

/** What a refusing answer says of itself, where Probity gave it. */
async function saidBy(answer: Response): Promise<Said> {
  if (answer.ok || !/json/.test(answer.headers.get("content-type") ?? "")) return {};
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  const { code, applied } = (body ?? {}) as { code?: unknown; applied?: unknown };
  return typeof code === "string" ? { code, applied } : {};
}

/** Does this answer leave open what came of the tries before it? */
function isOpenAfter(status: number, code: string | undefined): boolean {
  // What is refused by the contract was looked up by its key before.
  if (code !== undefined && DENIED.has(code)) return false;
  return code === undefined || status >= 500 || BEFORE_THE_KEY.has(status);
}

/** Milliseconds that `Retry-After` says, in seconds or as a date by the clock of who says it. */
export function retryAfter(answer: Response): number | undefined {
  const said = answer.headers.get("retry-after");
  if (said === null) return undefined;
  const at = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - toldAt(answer);
  return Number.isNaN(at) ? undefined : Math.max(at, 0);
}

/** The instant of an answer, as whoever gave it has it: our own clock may be wrong. */
export function toldAt(answer: Response): number {
  const date = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}

/** Waits, but no longer than somebody waits for the answer. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stopped) => {
    if (signal.aborted) return stopped(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      stopped(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      done();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

function unreached(call: Call, unknown: boolean, tries: number, cause: unknown): Error {
  const { method, url } = call.request;
  const what = `${method} ${new URL(url).pathname}`;
  const applied: Applied = unknown ? "unknown" : false;
  const so = unknown
    ? "Whether it was applied is not known: the same again with the same key tells."
    : "Nothing was applied.";
  const times = tries === 1 ? "" : ` in ${tries} tries`;
  const detail = `Probity did not answer ${what}${times}. ${so}`;
  return away(detail, applied, { key: call.key, cause });
}

function isWrite(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const path = new URL(request.url).pathname;
  return !path.endsWith("/v1/check");
}

/** Writes are by their key; of a batch only the items have keys. */
function isReplaySafe(request: Request, text: string | undefined): boolean {
  if (!new URL(request.url).pathname.endsWith("/v1/batch")) return true;
  try {
    const { items } = JSON.parse(text ?? "") as { items: { key?: unknown }[] };
    return items.every((item) => typeof item.key === "string");
  } catch {
    return false;
  }
}

/** Was the connection never there, so that nothing was sent? */
export function isNotSent(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown } } | undefined)?.cause;
  return typeof cause?.code === "string" && NOT_SENT.has(cause.code);
}
