// What the elements tell, as `docs/elements.md` says it. Nothing here runs.

import type { Credits, DenialJson, WayForward } from "../shapes.js";

/** What exactly it is about, as `POST /v1/check` takes it. */
export interface About {
  /** The action's name in the contract. */
  action: string;
  /** The customer's own thing that the result belongs to. */
  artifact?: string | undefined;
  /** How many units, where the price is by quantity. */
  quantity?: number | undefined;
  /** Which model it will use. */
  model?: string | undefined;
  /** What the action needs, by name. */
  inputs?: Record<string, unknown> | undefined;
  /** Another try of something owned, or a fresh run of it. */
  again?: "redo" | "fresh" | undefined;
}

/** What is shown of a price; `action` alone: it is not known any more, or not for whom. */
export interface Price {
  action: string;
  /** Is there such an action? If not nothing else is told. */
  offered?: boolean;
  /** Credits; null where it is not known before. */
  price?: Credits | null;
  /** The same in money, as the contract writes it. */
  money?: string | null;
  free?: boolean;
  allowed?: boolean;
  /** It may cost though nothing comes of it. */
  harsh?: boolean;
  /** A press asks first. */
  ask?: boolean;
  words?: string;
  denial?: DenialJson | null;
}

/** A quote that was agreed to: start the run with it. */
export interface Agreed {
  quote: string;
  id: string;
  price: Credits | null;
  money: string | null;
  expires_at: string;
}

/** What is to be started, with its quote. */
export interface Go extends Agreed {
  action: string;
  artifact?: string;
  quantity?: number;
  model?: string;
  inputs?: Record<string, unknown>;
  again?: "redo" | "fresh";
}

/** A way forward that was taken, of which refusal. */
export interface Way {
  way: WayForward;
  problem: DenialJson;
}

/** A question about a receipt. */
export interface Question {
  run: string;
  question: string;
}

/** Why something cannot be shown. */
export interface Trouble {
  kind: "away" | "old" | "signed_out" | "set_up" | "refused";
  /** The service's problem, where it said one. */
  problem: object | null;
}
