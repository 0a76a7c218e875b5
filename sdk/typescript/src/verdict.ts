// What an answer itself says of its work, in headers: `Probity-Outcome: partial;parts=5`, an item
// of a structured field (RFC 9651), and `Probity-Now-Charged: 5; allowed`. Read strictly, as the
// gateway does: what is not understood whole says nothing.

import type { Ending } from "./ending.js";
import type { PresentBilling } from "./run.js";
import type { Outcome } from "./shapes.js";

const LONGEST = 1024;
const LONGEST_REASON = 500;
const OUTCOMES: readonly string[] = [
  "delivered",
  "partial",
  "empty",
  "failed",
  "bad_input",
  "blocked",
  "cancelled",
  "abandoned",
  "reopened",
] satisfies Outcome[];
const PARAMETER =
  /^; *(?:(parts|quantity)=(\d{1,15})|(reason)=(?:"((?:[ !#-[\]-~]|\\["\\])*)"|%"([ -!#-~]*)"))/;

/** The ending that a `Probity-Outcome` says; undefined where it cannot be read. */
export function readVerdict(text: string): Ending | undefined {
  if (text.length > LONGEST) return undefined;
  const said = text.trim();
  const word = /^[a-z_]+/.exec(said)?.[0] ?? "";
  if (!OUTCOMES.includes(word)) return undefined;
  const ending: Ending = { outcome: word as Outcome };
  let rest = said.slice(word.length);
  while (rest !== "") {
    const found = PARAMETER.exec(rest);
    if (found === null) return undefined;
    const [whole, count, digits, , quoted, display] = found;
    const name = (count ?? "reason") as "parts" | "quantity" | "reason";
    if (ending[name] !== undefined) return undefined;
    if (name === "reason") {
      const reason = display === undefined ? quoted?.replace(/\\(.)/g, "$1") : decoded(display);
      if (!isReason(reason)) return undefined;
      ending.reason = reason;
    } else {
      ending[name] = Number(digits);
    }
    rest = rest.slice(whole.length);
  }
  return ending;
}

/** What today's billing did, as `Probity-Now-Charged` says it. */
export function readNowCharged(text: string): PresentBilling | undefined {
  const found = /^(\d+(?:\.\d{1,6})?)(?:; *(allowed|denied))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, charged = "", word] = found;
  // What is refused is not charged.
  if (word === "denied" && !/^[0.]+$/.test(charged)) return undefined;
  return { charged, allowed: word !== "denied" };
}

function isReason(reason: string | undefined): reason is string {
  if (reason === undefined || reason === "" || /\p{Cc}/u.test(reason)) return false;
  return new TextEncoder().encode(reason).length <= LONGEST_REASON;
}

/** Bytes written as `%xx`, of a text in UTF-8. */
function decoded(display: string): string | undefined {
  if (!/^(?:[^%]|%[0-9a-f]{2})*$/.test(display)) return undefined;
  try {
    return decodeURIComponent(display);
  } catch {
    return undefined;
  }
}
