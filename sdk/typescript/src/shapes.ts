// The shapes of the API by their names, out of what is generated; and what is narrower than it
// says. Nothing here runs.

import type { components } from "./generated/api.js";

type Schemas = components["schemas"];

/** What the books count in: credits as a decimal string, never a number. */
export type Credits = string;
/** A length as the contract writes it: `"20 minutes"`. */
export type Length = `${number} ${"second" | "minute" | "hour" | "day" | "week"}${"" | "s"}`;

/** How a run can end. */
export type Outcome = Schemas["Report"]["outcome"];
/** A run explained, also when it cost nothing. */
export type Receipt = Schemas["Receipt"];
/** What starting a run answers. */
export type Started = Schemas["Run"];
/** How a run ended, as it is told to the API. */
export type Report = Schemas["Report"];
/** One call to a model or a supplier, for the books of cost. */
export type Attempt = Schemas["Attempt"];
/** Tokens of one call; left out is not known, zero is zero. */
export type Usage = Schemas["Usage"];
/** What a customer has, holds and may use. */
export type Wallet = Schemas["Wallet"];
/** What a run would cost, or why it would be refused. */
export type Check = Schemas["Check"];
/** A signed, binding price for one run. */
export type Quote = Schemas["Quote"];
/** Every action with its price and the words for its button. */
export type Prices = Schemas["Prices"];
/** A customer token for a browser. */
export type Token = Schemas["Token"];
/** A refusal with its numbers, words and ways forward, as JSON. */
export type DenialJson = Schemas["Denial"];
/** Any other problem, as JSON. */
export type ProblemJson = Schemas["Problem"];
/** Every code a problem can have. */
export type ProblemCode = ProblemJson["code"];

/** The codes of denials, in the order in which they are asked. */
export const DENIALS = [
  "paused",
  "renewal_due",
  "not_in_plan",
  "model_above_plan",
  "own_key_missing",
  "own_key_cap",
  "bad_input",
  "confirmation_needed",
  "in_progress",
  "item_paused",
  "too_many_at_once",
  "surge",
  "our_budget_used",
  "allowance_used",
  "price_above_max",
  "spend_cap_reached",
  "credits_in_flight",
  "not_enough_credits",
] as const satisfies readonly ProblemCode[];

/** Why a run can be refused. */
export type DenialCode = (typeof DENIALS)[number];

interface Way<Do extends string> {
  /** What to do. */
  do: Do;
  /** What the customer reads. */
  words: string;
  /** Where, of the product's own pages. */
  href?: string | null;
  /** Agreement is asked for once it is taken. */
  asks?: boolean | null;
}

/** What would allow a run that was refused; each is listed only if it would. */
export type WayForward =
  | (Way<"wait"> & { until: string; then?: string | null })
  | (Way<"top_up"> & { credits: Credits; money?: string | null })
  | (Way<"switch_plan"> & {
      to: string;
      plan_price?: string | null;
      price_there?: Credits | null;
      from?: string | null;
      needs?: string | null;
      also?: string | null;
    })
  | (Way<"use_own_key" | "fix_own_key"> & { provider?: string | null })
  | (Way<"smaller_model" | "other_action"> & { to: string; price_there?: Credits | null })
  | (Way<"raise_cap" | "raise_max_price"> & { to?: string | null })
  | Way<"resume" | "confirm" | "fix_input" | "finish_running" | "contact">;
