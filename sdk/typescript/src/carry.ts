// Work that is carried out as a run: it is begun, done, and its end told, whatever happens.

import type { Ending } from "./ending.js";
import { away, isAway, ProbityError, ProbityUntold } from "./problems.js";
import type { Run, Trouble } from "./run.js";
import type { Receipt } from "./shapes.js";

/** The work of a run. */
export type Work<T> = (run: Run) => T | PromiseLike<T>;

/** What may be said of how it is carried out. */
export interface Carrying<T> {
  /** Called in place of the work where the customer has this already. */
  reopen?: ((run: Run) => T | PromiseLike<T>) | undefined;
  /** Where Probity is away: is what was done handed over all the same? */
  goesOn: boolean;
  trouble: Trouble;
}

const RECEIPTS = new WeakMap<object, Receipt>();

/** The receipt of the run that this error ended. */
export function receiptOf(error: unknown): Receipt | undefined {
  if (error instanceof ProbityError && error.receipt) return error.receipt;
  return typeof error === "object" && error !== null ? RECEIPTS.get(error) : undefined;
}

/** What the work brought, and the receipt of its run. */
export interface Carried<T> {
  value: T;
  receipt: Receipt | null;
}

/** Does the work of a run that has begun, and tells its end. */
export async function carry<T>(run: Run, work: Work<T>, how: Carrying<T>): Promise<Carried<T>> {
  if (run.reopened && how.reopen !== undefined) {
    const value = await how.reopen(run);
    return { value, receipt: await run.receipt() };
  }
  const stop = run.keep();
  let value: T;
  try {
    run.signal.throwIfAborted();
    value = await work(run);
  } catch (failure) {
    await tellFailure(run, failure, how.trouble);
    throw failure;
  } finally {
    stop();
  }
  return handOver(run, value, how);
}

/** Tells the end of work that brought this; where that cannot be told, the error has it. */
export async function handOver<T>(
  run: Run,
  value: T,
  how: Pick<Carrying<T>, "goesOn" | "trouble">,
  ending?: Ending,
): Promise<Carried<T>> {
  try {
    return { value, receipt: await run.settle(ending) };
  } catch (error) {
    const untold = untoldOf(run.id, error, value);
    if (!how.goesOn || !isAway(untold.code)) throw untold;
    how.trouble(untold);
    return { value, receipt: null };
  }
}

function untoldOf(run: string, error: unknown, value: unknown): ProbityError {
  if (error instanceof ProbityUntold) return error.of(run, { value });
  const told =
    error instanceof ProbityError ? error : away(String(error), "unknown", { run, cause: error });
  told.value = value;
  return told;
}

/** The work's own error is what its caller is to see; what cannot be told besides is trouble. */
async function tellFailure(run: Run, failure: unknown, trouble: Trouble): Promise<void> {
  try {
    const receipt = await run.fail(failure);
    const holds = typeof failure === "object" && failure !== null && receipt !== null;
    if (holds) RECEIPTS.set(failure, receipt);
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error;
    trouble(error instanceof ProbityUntold ? error.of(run.id, { failure }) : error);
  }
}
