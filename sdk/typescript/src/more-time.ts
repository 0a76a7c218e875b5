// More time for work that lasts: asked for when half of the time is left, as long as it is given.
// Whether the work goes on is not known here; whoever began it ends it.

import { isAway, ProbityError } from "./problems.js";
import type { Length } from "./shapes.js";

/** When a run's time is up, and the instant at which that was told. */
export interface Time {
  expiresAt: number;
  now: number;
}

/** How a run's time is learned and made longer. */
export interface Clock {
  /** When the run began, where its books have a clock of their own. */
  openedAt: () => Promise<number>;
  /** Given up once nobody wants more. */
  extend: (length: Length, until: AbortSignal) => Promise<Time>;
}

/** Where nothing is known of how long a run may take. */
const USUAL = 10 * 60_000;
/** Timers take no longer times. */
const LONGEST = 24 * 24 * 60 * 60_000;
/** Holds are not so long: the clock is not ours. */
const UNBELIEVABLE = 31 * 24 * 60 * 60_000;
/** Halves of what is left become no shorter than this. */
const SHORTEST = 250;

/** Keeps a run from running out; what it answers ends that. */
export function keepTime(clock: Clock, known: Time | undefined): () => void {
  const over = new AbortController();
  const { signal } = over;
  let timer: NodeJS.Timeout | undefined;
  /** When it is over, by a clock that nobody sets. */
  let ends = performance.now() + USUAL;
  const lasts = (left: number, then: () => Promise<void>) => {
    ends = performance.now() + left;
    wait(left / 2, then);
  };
  const wait = (milliseconds: number, then: () => Promise<void>) => {
    if (signal.aborted) return;
    timer = setTimeout(() => void tries(then), Math.min(milliseconds, LONGEST));
    timer.unref();
  };
  /** Where Probity is away it is asked again while there is time. */
  const tries = (then: () => Promise<void>): Promise<void> =>
    then().catch((error: unknown) => {
      const left = ends - performance.now();
      const helps = error instanceof ProbityError && isAway(error.code);
      if (helps && left > 0) wait(Math.max(left / 2, SHORTEST), then);
    });
  /** More of it; what was asked for is what is left, but where the clock is the books' own. */
  const more = async (window: number, until: number): Promise<void> => {
    const { expiresAt, now } = await clock.extend(inSeconds(window), signal);
    // At its latest: there is no more.
    if (expiresAt <= until) return;
    const left = expiresAt - now;
    const last = left > 0 && left < window;
    lasts(last ? left : window, () => more(window, expiresAt));
  };
  const begin = async (): Promise<void> => {
    if (known === undefined) return more(USUAL, 0);
    const { expiresAt, now } = known;
    const left = expiresAt - now;
    const is = left > 0 && left < UNBELIEVABLE;
    const window = is ? left : expiresAt - (await clock.openedAt());
    lasts(window, () => more(window, expiresAt));
  };
  // Where it cannot be had the run ends late, and its receipt says so.
  void tries(begin);
  return () => {
    over.abort();
    clearTimeout(timer);
  };
}

function inSeconds(window: number): Length {
  return `${Math.max(Math.ceil(window / 1000), 1)} seconds`;
}
