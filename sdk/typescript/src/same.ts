// Calls with the same key at the same time, in one client: whose work it is, and who waits for it.
// What other processes do is not known here; the service says that a run is there already.

import type { Carried } from "./carry.js";
import { away, ProbityError, ProbityRunning } from "./problems.js";
import type { Run } from "./run.js";

/** Keys of calls that were lost are remembered up to so many. */
const MOST_LOST = 10_000;

/** Work that is under way. */
interface Work {
  carried: Promise<Carried<unknown>>;
  run: Run;
}

/** What is under way in this client. */
export class Same {
  readonly #asking = new Map<string, Promise<unknown>>();
  readonly #working = new Map<string, Work>();
  readonly #lost = new Set<string>();

  /** Asks once whoever asked before with the same key has been answered. */
  async inTurn<T>(customer: string, key: string, ask: () => Promise<T>): Promise<T> {
    const name = nameOf(customer, key);
    const before = this.#asking.get(name);
    const mine = (before ?? Promise.resolve()).then(ask, ask);
    this.#asking.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#asking.get(name) === mine) this.#asking.delete(name);
    }
  }

  /** A call that came to nothing, as far as is known: the run that it may have begun is ours. */
  lost(customer: string, error: unknown): void {
    if (!(error instanceof ProbityError) || error.applied !== "unknown") return;
    if (error instanceof ProbityRunning || error.key === undefined) return;
    this.#lost.add(nameOf(customer, error.key));
    for (const oldest of this.#lost) {
      if (this.#lost.size <= MOST_LOST) break;
      this.#lost.delete(oldest);
    }
  }

  /** Was a call with this key lost before it was answered now? */
  wasLost(customer: string, key: string): boolean {
    return this.#lost.delete(nameOf(customer, key));
  }

  /** Is its work under way here? */
  isWorkedOn(run: string): boolean {
    return this.#working.has(run);
  }

  /** The work of a run, for as long as it is under way. */
  async works<T>(run: Run, carried: Promise<Carried<T>>): Promise<Carried<T>> {
    if (run.undecided || run.reopened || run.repeats !== undefined) return carried;
    this.#working.set(run.id, { carried, run });
    try {
      return await carried;
    } finally {
      this.#working.delete(run.id);
    }
  }

  /**
   * What came of work that is under way here already; what is no such work is thrown. Undefined: it
   * was given up by whom it was done for, so it is to be asked for anew.
   */
  async joins<T>(
    error: unknown,
    goesOn: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Carried<T> | undefined> {
    const work = error instanceof ProbityRunning ? this.#working.get(error.run) : undefined;
    if (work === undefined) throw error;
    let carried: Carried<T>;
    try {
      carried = (await unlessLeft(work.carried, signal)) as Carried<T>;
    } catch (failure) {
      signal?.throwIfAborted();
      if (work.run.signal.aborted) return undefined;
      throw failure;
    }
    if (carried.receipt !== null || goesOn) return carried;
    const untold = away("How it ended could not be told.", "unknown", { run: work.run.id });
    untold.value = carried.value;
    throw untold;
  }
}

/** Waits, but no longer than somebody waits for it. */
async function unlessLeft<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_, stops) => {
    leave = () => stops(signal.reason as Error);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([promise, left]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** Keys are each customer's own. */
function nameOf(customer: string, key: string): string {
  return `${customer} ${key}`;
}
