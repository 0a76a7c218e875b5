// A run in the hands of whoever does its work: what is told of it, and that its end is told once.
// What an end costs is the contract's; how calls are sent is `send.ts`'s.

import type { Calls } from "./calls.js";
import { endingOf, reportOf, type Ending } from "./ending.js";
import { keepTime, type Time } from "./more-time.js";
import { away, ProbityError, ProbityUntold, isAway } from "./problems.js";
import { newKey } from "./send.js";
import type { Attempt, Length, Outcome, Receipt, Report, Started } from "./shapes.js";
import { attemptOf, type Also } from "./usage.js";

/** The id of a run that Probity was not there for; see `whenAway`. */
export const UNDECIDED = "undecided";
/** The reason of runs whose report did not fit their action. */
const UNFIT = "report_did_not_fit";
/** So many calls one report takes. */
const MOST_CALLS = 1_000;

/** What a run began as. */
export interface Beginning {
  id: string;
  action: string;
  customer: string;
  /** What starting it answered; undefined where it was begun elsewhere. */
  started?: Started | undefined;
  /** What it is yours already, or was done before: nothing is charged or told again. */
  reopened: boolean;
  /** A call before, with the same key, began it. */
  repeats?: "running" | "ended" | undefined;
  time?: Time | undefined;
  signal?: AbortSignal | undefined;
}

/** Whom a run tells what it could not tell. */
export type Trouble = (error: ProbityError) => void;

/** What `now` says: what today's billing did. */
export type PresentBilling = NonNullable<Report["now"]>;

/** What may be said of an ending beside its word. */
type Finer = { [Name in Exclude<keyof Ending, "outcome">]?: Ending[Name] | undefined };

/** A run: held until its end is told. */
export class Run {
  /** Its id: what a background job is handed. */
  readonly id: string;
  /** Which action it is of. */
  readonly action: string;
  /** Whose it is. */
  readonly customer: string;
  /** What starting it answered: price, held, words, wallet; undefined in `continue`. */
  readonly started: Started | undefined;
  /** The customer has this already: hand over what you keep, nothing is charged. */
  readonly reopened: boolean;
  /**
   * A call before, with the same key, began it: its work was done, or is under way (`running`, in
   * shadow and announce, where nothing is stopped: then its end is that call's to tell, not ours).
   */
  readonly repeats: "running" | "ended" | undefined;
  /** Probity was away, and the work goes on uncharged. */
  readonly undecided: boolean;
  /** Aborted when whoever asked has left. */
  readonly signal: AbortSignal;

  readonly #calls: Calls;
  readonly #trouble: Trouble;
  readonly #time: Time | undefined;
  #said: Ending | undefined;
  #quantity: number | undefined;
  #now: PresentBilling | undefined;
  #begun = false;
  #attempts: Attempt[] = [];
  #told: Promise<Receipt | null> | undefined;
  #stops: () => void = () => undefined;

  constructor(calls: Calls, beginning: Beginning, trouble: Trouble) {
    this.id = beginning.id;
    this.action = beginning.action;
    this.customer = beginning.customer;
    this.started = beginning.started;
    this.reopened = beginning.reopened;
    this.repeats = beginning.repeats;
    this.undecided = beginning.id === UNDECIDED;
    this.signal = beginning.signal ?? new AbortController().signal;
    this.#calls = calls;
    this.#time = beginning.time;
    this.#trouble = trouble;
  }

  /** A call to a model or a supplier was made: an answer of a known library, or its usage. */
  attempt(answer: unknown, also: Also = {}): void {
    const attempt = attemptOf(answer, also);
    if (this.undecided) return;
    if (this.#told === undefined && this.#isOurs) this.#attempts.push(attempt);
    else this.#late([attempt]);
  }

  /** The result has begun to arrive: who leaves from now on has abandoned it. */
  begun(): void {
    this.#begun = true;
  }

  /** So many parts of the whole arrived. */
  partial(parts: number, reason?: string): void {
    this.ends("partial", { parts, reason });
  }

  /** So many units arrived. */
  quantity(units: number): void {
    this.#quantity = units;
  }

  /** You looked, and found nothing. */
  empty(reason?: string): void {
    this.ends("empty", { reason });
  }

  /** It turned out not to be workable; the reason stands on the receipt. */
  badInput(reason?: string): void {
    this.ends("bad_input", { reason });
  }

  /** A safety rule, or a model's refusal, stopped it. */
  blocked(reason?: string): void {
    this.ends("blocked", { reason });
  }

  /** It did not work. */
  failed(reason?: string): void {
    this.ends("failed", { reason });
  }

  /** How it ended, in any of the nine words; the last that is said holds. */
  ends(outcome: Outcome, more: Finer = {}): void {
    const told = Object.entries(more).filter(([, value]) => value !== undefined);
    this.#said = { outcome, ...Object.fromEntries(told) };
  }

  /** What today's billing did, for the shadow report. */
  presentBilling(now: PresentBilling): void {
    this.#now = now;
  }

  /** What was said of its end so far. */
  get said(): Ending | undefined {
    return this.#said;
  }

  /** Is there an end, and is it ours to tell? */
  get #isOurs(): boolean {
    return !this.undecided && !this.reopened && this.repeats !== "running";
  }

  /** Has its result begun to arrive? */
  get hasBegun(): boolean {
    return this.#begun;
  }

  /** Tells its end: what was said, else `delivered`; `ending` says it otherwise. Told once. */
  settle(ending?: Ending): Promise<Receipt | null> {
    this.#told ??= this.#tells(ending ?? this.#said ?? { outcome: "delivered" });
    return this.#told;
  }

  /** Tells the end of work that threw this. */
  fail(error: unknown): Promise<Receipt | null> {
    return this.settle(endingOf(error, this.signal, this.#begun, this.#said));
  }

  /** Gives its credits back: nothing was done. */
  release(): Promise<Receipt | null> {
    this.#told ??= this.#releases();
    return this.#told;
  }

  /** More time, counted from now; the contract says how much there is at the latest. */
  async extend(length: Length): Promise<Date | null> {
    if (this.undecided) return null;
    return new Date((await this.#calls.extend(this.id, length)).expiresAt);
  }

  /** Its receipt as it stands now. */
  async receipt(): Promise<Receipt | null> {
    return this.undecided ? null : this.#calls.receipt(this.id);
  }

  /** Gets more time by itself until its end is told; what it answers ends that. */
  keep(): () => void {
    if (!this.#isOurs || this.#told !== undefined) return () => undefined;
    this.#stops();
    const openedAt = async () => Date.parse((await this.#calls.receipt(this.id)).opened_at);
    const extend = (length: Length, until: AbortSignal) =>
      this.#calls.extend(this.id, length, until);
    this.#stops = keepTime({ openedAt, extend }, this.#time);
    return this.#stops;
  }

  /** Something went wrong that its caller cannot be told. */
  troubled(error: unknown): void {
    const isTold = error instanceof ProbityError;
    this.#trouble(isTold ? error : away(String(error), "unknown", { run: this.id, cause: error }));
  }

  async #tells(ending: Ending): Promise<Receipt | null> {
    this.#stops();
    if (!this.#isOurs) return this.receipt();
    const attempts = this.#attempts.splice(0);
    const rest = attempts.splice(MOST_CALLS);
    const report = { ...reportOf(ending), ...(attempts.length > 0 ? { attempts } : {}) };
    if (this.#quantity !== undefined) report.quantity ??= this.#quantity;
    if (this.#now !== undefined) report.now = this.#now;
    try {
      return await settled(this.#calls, this.id, report);
    } finally {
      this.#late(rest);
    }
  }

  async #releases(): Promise<Receipt | null> {
    this.#stops();
    if (!this.#isOurs) return this.receipt();
    const attempts = this.#attempts.splice(0);
    const receipt = await this.#calls.release(this.id, newKey());
    this.#late(attempts);
    return receipt;
  }

  /** Calls of a run that has ended: the books of cost only. */
  #late(attempts: Attempt[]): void {
    const tells = async () => {
      await Promise.resolve(this.#told).catch(() => undefined);
      for (let n = 0; n < attempts.length; n += MOST_CALLS)
        await this.#calls.attempts(this.id, attempts.slice(n, n + MOST_CALLS));
    };
    tells().catch((error: unknown) => this.troubled(error));
  }
}

/** Tells an end; a report that does not fit the action is our mistake, so the run ends free. */
async function settled(calls: Calls, id: string, report: Report): Promise<Receipt> {
  try {
    return await calls.settle(id, report, newKey());
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error;
    if (isAway(error.code)) throw new ProbityUntold(error, id, report);
    const isUnfit = error.code === "invalid_request";
    const receipt = isUnfit ? endedFree(calls, id, report) : calls.receipt(id);
    error.receipt = await receipt.catch(() => undefined);
    throw error;
  }
}

/** Ends it free, with its calls; at last without, should it be them that do not fit. */
async function endedFree(calls: Calls, id: string, { attempts }: Report): Promise<Receipt> {
  const failed: Report = { outcome: "failed", reason: UNFIT };
  if (attempts === undefined) return calls.settle(id, failed, newKey());
  try {
    return await calls.settle(id, { ...failed, attempts }, newKey());
  } catch (error) {
    if (!(error instanceof ProbityError) || error.code !== "invalid_request") throw error;
    return calls.settle(id, failed, newKey());
  }
}
