// How work ended, as whoever did it says, and as an error says. Amounts are the contract's.

import type { Outcome, Report } from "./shapes.js";

/** How a run ended, as far as that is said. */
export interface Ending {
  outcome: Outcome;
  /** How many parts this run brought. */
  parts?: number;
  /** How many units arrived. */
  quantity?: number;
  /** A finer reason, which stands on the customer's receipt. */
  reason?: string;
}

/** Outcomes that no contract charges for. */
const FREE: readonly Outcome[] = ["failed", "bad_input", "blocked", "cancelled", "reopened"];

/** Is it one that never charges? */
export function neverCharges(outcome: Outcome): boolean {
  return FREE.includes(outcome);
}

/** How a run ended whose work threw this; what was said before holds if it never charges. */
export function endingOf(
  error: unknown,
  signal: AbortSignal,
  begun: boolean,
  said: Ending | undefined,
): Ending {
  if (said !== undefined && neverCharges(said.outcome)) return said;
  if (isLeaving(error, signal)) return leftWith(said, begun);
  const reason = reasonOf(error, signal);
  return reason === undefined ? { outcome: "failed" } : { outcome: "failed", reason };
}

/** How work ended whose customer left: only what would have been delivered is abandoned. */
export function leftWith(said: Ending | undefined, begun: boolean): Ending {
  if (said !== undefined && neverCharges(said.outcome)) return said;
  if (!begun) return { outcome: "cancelled" };
  // Parts of a delivery may cost a part of the price.
  const isDelivery = said === undefined || (said.outcome === "delivered" && !said.parts);
  if (!isDelivery) return said;
  const { quantity } = said ?? {};
  return quantity === undefined ? { outcome: "abandoned" } : { outcome: "abandoned", quantity };
}

/** Did whoever asked leave? Time that was up is our failing, not their leaving. */
function isLeaving(error: unknown, signal: AbortSignal): boolean {
  if (nameOf(error) === "TimeoutError") return false;
  // An abort of the product's own is no leaving, either.
  return signal.aborted && nameOf(signal.reason) !== "TimeoutError";
}

/** A reason in a word that receipts have a sentence for; never the error's own text. */
function reasonOf(error: unknown, signal: AbortSignal): string | undefined {
  const isLate = nameOf(error) === "TimeoutError" || nameOf(signal.reason) === "TimeoutError";
  if (isLate) return "timeout";
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 429 || status === 503) return "rate_limited";
  const isStatus = typeof status === "number" && status >= 400 && status <= 599;
  return isStatus ? `status_${status}` : undefined;
}

function nameOf(error: unknown): string | undefined {
  return (error as { name?: string } | undefined)?.name;
}

/** A report of an ending. */
export function reportOf(ending: Ending): Report {
  const { outcome, parts, quantity, reason } = ending;
  const report: Report = { outcome };
  if (parts !== undefined) report.parts = parts;
  if (quantity !== undefined) report.quantity = quantity;
  if (reason !== undefined) report.reason = reason;
  return report;
}
