// The face of the SDK: what a product asks of Probity, in its own words. It holds no rule about
// money: the service decides, and says so.

import { answered, apiAt, Calls, type Api, type RunRequest } from "./calls.js";
import { carry, type Carried, type Carrying, type Work } from "./carry.js";
import { ProbityError, ProbityRunning, ProbityUnavailable, problemOf } from "./problems.js";
import { Run, UNDECIDED, type PresentBilling } from "./run.js";
import { Same } from "./same.js";
import { jittered, newKey, sender, type Patience } from "./send.js";
import type { components } from "./generated/api.js";
import type { Check, Credits, Length, Outcome, Prices, Quote } from "./shapes.js";
import type { Receipt, Report, Started, Token, Wallet } from "./shapes.js";

type Schemas = components["schemas"];

/** What to do when Probity cannot be asked: not begin, or go on uncharged. */
export type WhenAway = "refuse" | "go_on";

/** How a client is set up. */
export interface Options<Away extends WhenAway = WhenAway> extends Partial<Patience> {
  /** Where `probity serve` listens; else `PROBITY_URL`, else `http://127.0.0.1:4242`. */
  url?: string | undefined;
  /** A secret key; else `PROBITY_KEY`. Never in a browser: see `token`. */
  key?: string | undefined;
  /** When Probity cannot be asked: `refuse` (it is thrown), or `go_on` uncharged. */
  whenAway?: Away | undefined;
  /** Told what went on without Probity, or could not be told to it; else a process warning. */
  onTrouble?: ((error: ProbityError) => void) | undefined;
  /** In place of the runtime's own. */
  fetch?: typeof fetch | undefined;
}

/** What a run is asked for with. */
export interface Asked {
  /** Whose run it is. */
  customer: string;
  /** The customer's own thing that the result belongs to. */
  artifact?: string | undefined;
  /** How many units, where the price is by quantity. */
  quantity?: number | undefined;
  /** Which model it will use. */
  model?: string | undefined;
  /** What the action needs, by name. */
  inputs?: Record<string, unknown> | undefined;
  /** The signed quote it is to use. */
  quote?: string | undefined;
  /** The most you will pay. */
  maxPrice?: Credits | undefined;
  /** The customer agreed. */
  confirmed?: boolean | undefined;
  /** Another try of something owned, or a fresh run of it. */
  again?: "redo" | "fresh" | undefined;
  /** The call brings a working AI key of the customer's own. */
  ownKey?: boolean | undefined;
  /** Experiments never touch the wallet. */
  purpose?: "production" | "experiment" | undefined;
  /** Which member asks. */
  member?: string | undefined;
  /** How long to hold. */
  holdFor?: Length | undefined;
  /** What your present billing did, for comparison. */
  now?: PresentBilling | undefined;
  /** Your own notes, on the receipt. */
  metadata?: Record<string, string> | undefined;
}

/** How one run is to be begun. */
export interface Begins<Away extends WhenAway> {
  /** The same key again is the same run; after one that was free it begins anew. */
  key?: string | undefined;
  /** Aborted when whoever asked leaves. */
  signal?: AbortSignal | undefined;
  /** For this run alone. */
  whenAway?: Away | undefined;
}

/** And where the customer has it already. */
export interface Reopens<T> {
  /** Called in place of the work where the customer has this already: hand over what you keep. */
  reopen?: ((run: Run) => T | PromiseLike<T>) | undefined;
}

/** What came of a run: there is a receipt, but where it went on without Probity. */
export interface Done<T, Away extends WhenAway> {
  value: T;
  receipt: "go_on" extends Away ? Receipt | null : Receipt;
}

/** How often a key whose runs were all free can begin anew. */
const MOST_ANEW = 100;

/** A client of one Probity, with one secret key. */
export class Probity<Away extends WhenAway = "refuse"> {
  /** Every route of the API, typed; keys, retries and timeouts are as everywhere here. */
  readonly api: Api;
  /** What is done when Probity cannot be asked, where a call does not say. */
  readonly whenAway: WhenAway;
  readonly #calls: Calls;
  readonly #trouble: (error: ProbityError) => void;
  readonly #same = new Same();

  constructor(options: Options<Away> = {}) {
    const env = (name: string) => globalThis.process?.env?.[name];
    const url = options.url ?? env("PROBITY_URL") ?? "http://127.0.0.1:4242";
    const key = options.key ?? env("PROBITY_KEY");
    if (!key)
      throw new TypeError("A secret key is needed: `new Probity({ key })`, or PROBITY_KEY.");
    const { timeout = 10_000, retries = 5, backoff = jittered } = options;
    const fetching = options.fetch ?? globalThis.fetch;
    this.api = apiAt(url.replace(/\/+$/, ""), sender(key, { timeout, retries, backoff }, fetching));
    this.#calls = new Calls(this.api);
    this.whenAway = options.whenAway ?? "refuse";
    this.#trouble = telling(options.onTrouble ?? warn);
  }

  /**
   * Does work as a run: asks first, charges by how it ends. With a key whose work is under way in
   * this client it is waited for, and not done twice.
   */
  async run<T, A extends WhenAway = Away>(
    action: string,
    asked: Asked & Begins<A> & Reopens<T>,
    work: Work<T>,
  ): Promise<Done<T, A>> {
    const { reopen, ...begins } = asked;
    const how = this.#carrying(reopen, asked.whenAway);
    for (;;) {
      let run: Run;
      try {
        run = await this.start<A>(action, begins);
      } catch (error) {
        const joined = await this.#same.joins<T>(error, how.goesOn, asked.signal);
        if (joined === undefined) continue;
        return joined as Done<T, A>;
      }
      return (await this.#same.works(run, carry(run, work, how))) as Done<T, A>;
    }
  }

  /**
   * Begins a run; its end is told by `run.settle()`, or elsewhere by `continue(run.id)`. One that
   * an earlier call began with the same key, and that is not over, is not ours: `ProbityRunning`.
   */
  async start<A extends WhenAway = Away>(action: string, asked: Asked & Begins<A>): Promise<Run> {
    asked.signal?.throwIfAborted();
    const { key, signal } = asked;
    const beginning = { action, customer: asked.customer, signal };
    const ask = () => this.#start(requestOf(action, asked), key, beginning);
    try {
      return await (key === undefined ? ask() : this.#same.inTurn(asked.customer, key, ask));
    } catch (error) {
      this.#same.lost(asked.customer, error);
      const isAway = error instanceof ProbityUnavailable;
      if (!isAway || (asked.whenAway ?? this.whenAway) === "refuse") throw error;
      this.#trouble(error);
      const undecided = { ...beginning, id: UNDECIDED, reopened: false };
      return new Run(this.#calls, undecided, this.#trouble);
    }
  }

  /** Goes on with a run that was begun elsewhere. */
  async continue<T, A extends WhenAway = Away>(
    id: string,
    work: Work<T>,
    how: Omit<Begins<A>, "key"> & Reopens<T> = {},
  ): Promise<Done<T, A>> {
    const run = await this.#taken(id, how.signal);
    return (await carry(run, work, this.#carrying(how.reopen, how.whenAway))) as Done<T, A>;
  }

  /** Would this be allowed, and at what price? No effect. */
  async check(action: string, asked: Asked): Promise<Check> {
    const { hold_for: _, now: __, metadata: ___, ...body } = requestOf(action, asked);
    return (await answered(this.api.POST("/v1/check", { body }))).data;
  }

  /** A signed, binding price for one run, with the warning where the rule is harsh. */
  async quote(action: string, asked: Asked, key?: string): Promise<Quote> {
    const { customer, artifact, quantity, model, inputs, again, own_key, purpose, member } =
      requestOf(action, asked);
    const body = { customer, action, artifact, quantity, model, inputs, again, own_key };
    const header = { "Idempotency-Key": key ?? newKey() };
    const whole = { ...body, purpose, member } as Schemas["QuoteRequest"];
    return (await answered(this.api.POST("/v1/quotes", { body: whole, params: { header } }))).data;
  }

  /** The customer agreed to a quote, as you know it; by their own token they say it themselves. */
  async confirm(quote: string, key?: string): Promise<Schemas["Confirmed"]> {
    const params = { path: { quote }, header: { "Idempotency-Key": key ?? newKey() } };
    const call = this.api.POST("/v1/quotes/{quote}/confirm", { body: {}, params });
    return (await answered(call)).data;
  }

  /** Every action with its price, what forbids it, and the words for its button. */
  async prices(customer: string): Promise<Prices> {
    const params = { path: { id: customer } };
    return (await answered(this.api.GET("/v1/customers/{id}/prices", { params }))).data;
  }

  /** What a customer has, holds and may use. */
  async wallet(customer: string): Promise<Wallet> {
    const params = { path: { id: customer } };
    return (await answered(this.api.GET("/v1/customers/{id}/wallet", { params }))).data;
  }

  /** The receipt of a run. */
  receipt(run: string): Promise<Receipt> {
    return this.#calls.receipt(run);
  }

  /** Tells how a run ended: what `ProbityUntold` kept, with its key. */
  settle(
    run: string,
    report: Report,
    options: { key?: string | undefined } = {},
  ): Promise<Receipt> {
    return this.#calls.settle(run, report, options.key ?? newKey());
  }

  /** Something went wrong that whoever asked cannot be told: `onTrouble` is. */
  troubled(error: ProbityError): void {
    this.#trouble(error);
  }

  /** A customer token for a browser: one customer, at most an hour. */
  async token(
    customer: string,
    options: { member?: string | undefined; lasts?: Length | undefined } = {},
  ): Promise<Token> {
    const params = { path: { id: customer } };
    const body = options as Schemas["TokenRequest"];
    const call = this.api.POST("/v1/customers/{id}/tokens", { body, params });
    return (await answered(call)).data;
  }

  /** Creates a customer, or changes them: what is left out stays, null clears. */
  async putCustomer(
    customer: string,
    body: Schemas["CustomerRequest"],
  ): Promise<Schemas["Customer"]> {
    const params = { path: { id: customer } };
    return (await answered(this.api.PUT("/v1/customers/{id}", { body, params }))).data;
  }

  /** Books credits that were bought: the same payment again books nothing. */
  async topUp(customer: string, body: Schemas["TopUp"], key?: string): Promise<Schemas["Grant"]> {
    const header = { "Idempotency-Key": key ?? newKey() };
    const params = { path: { id: customer }, header };
    return (await answered(this.api.POST("/v1/customers/{id}/top-ups", { body, params }))).data;
  }

  #carrying<T>(reopen: Reopens<T>["reopen"], away: WhenAway | undefined): Carrying<T> {
    return { reopen, goesOn: (away ?? this.whenAway) === "go_on", trouble: this.#trouble };
  }

  /** Asks for a run; a key whose run was free in the end begins a new one. */
  async #start(
    body: RunRequest,
    key: string | undefined,
    beginning: { action: string; customer: string; signal: AbortSignal | undefined },
  ): Promise<Run> {
    for (let n = 1; n < MOST_ANEW; n += 1) {
      const one = key === undefined ? newKey() : n === 1 ? key : `${key}~${n}`;
      const { data, now, replayed, sent } = await this.#calls.start(body, one);
      const wasLost = this.#same.wasLost(body.customer, one);
      const was = replayed ? await this.#calls.receipt(data.run) : undefined;
      const isOver = was !== undefined && was.status !== "held";
      if (isOver && key !== undefined && isFree(was)) continue;
      const reopened = data.status !== "held" || isOver;
      // A try of our own that was lost has begun it, most likely: its work is ours to do.
      const isOwn = (sent.earlier || wasLost) && !this.#same.isWorkedOn(data.run);
      const isTheirs = replayed && !isOver && !isOwn;
      if (isTheirs && data.mode === "enforce") throw new ProbityRunning(data.run, one);
      const repeats = isOver ? ("ended" as const) : isTheirs ? ("running" as const) : undefined;
      const time = data.expires_at ? { expiresAt: Date.parse(data.expires_at), now } : undefined;
      const begun = { ...beginning, id: data.run, started: data, reopened, repeats, time };
      return new Run(this.#calls, begun, this.#trouble);
    }
    throw new TypeError(`The key ${key} began ${MOST_ANEW} runs: take a new one.`);
  }

  async #taken(id: string, signal: AbortSignal | undefined): Promise<Run> {
    const away = { id, action: "", customer: "", reopened: false, signal };
    if (id === UNDECIDED) return new Run(this.#calls, away, this.#trouble);
    const receipt = await this.#calls.receipt(id);
    const { action, customer, status } = receipt;
    const isOver = status === "settled" || status === "released";
    if (isOver && !isKept(receipt.outcome)) throw endedBefore(receipt);
    const run = { id, action, customer, reopened: isOver, signal };
    return new Run(this.#calls, run, this.#trouble);
  }
}

/** The result of such a run is the customer's. */
function isKept(outcome: Outcome | null | undefined): boolean {
  return outcome != null && !["failed", "bad_input", "blocked", "cancelled"].includes(outcome);
}

/** Did it end without a charge and without a result? */
function isFree(receipt: Receipt): boolean {
  const { outcome, charged } = receipt;
  return charged === "0" && outcome !== "delivered" && outcome !== "partial";
}

function endedBefore(receipt: Receipt): ProbityError {
  const code = "already_settled";
  const detail = `Run ${receipt.run} ended as ${receipt.outcome}: its work is not to be done any more.`;
  const type = `/problems/${code}`;
  const told = {
    type,
    title: "Already settled",
    status: 409,
    detail,
    code,
    applied: false as const,
  };
  const error = problemOf(409, told, { run: receipt.run });
  error.receipt = receipt;
  return error;
}

function requestOf(action: string, asked: Asked): RunRequest {
  const { customer, artifact, quantity, model, inputs, quote, confirmed, again } = asked;
  const { purpose, member, now, metadata, maxPrice, ownKey, holdFor } = asked;
  const same = { customer, action, artifact, quantity, model, inputs, quote, confirmed, again };
  const other = { max_price: maxPrice, own_key: ownKey, hold_for: holdFor };
  const all = { ...same, ...other, purpose, member, now, metadata };
  const said = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as RunRequest;
}

function warn(error: ProbityError): void {
  globalThis.process?.emitWarning?.(error.message, { type: error.name, code: error.code });
}

/** Whoever is told of trouble makes no other: what they throw takes no answer with it. */
function telling(tell: (error: ProbityError) => void): (error: ProbityError) => void {
  return (error) => {
    try {
      tell(error);
    } catch {
      warn(error);
    }
  };
}

export type { Carried, Started };
