// What can go wrong, as errors with stable codes: refusals with ways forward, and everything else.
// Nothing here sends anything.

import {
  DENIALS,
  type Credits,
  type DenialCode,
  type DenialJson,
  type ProblemCode,
  type ProblemJson,
  type Receipt,
  type Report,
  type WayForward,
} from "./shapes.js";

/** Was anything applied? `"unknown"`: the same call with the same key tells. */
export type Applied = false | "unknown";

/** What is known beside the problem itself. */
export interface About {
  /** The idempotency key it was sent with. */
  key?: string | undefined;
  /** The run it is about, where there is one. */
  run?: string | undefined;
  /** Seconds after which the service says that asking again may help. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** The service refused, or could not be asked. `code` is stable; `message` is for developers. */
export class ProbityError extends Error {
  /** What happened, as a stable code. */
  readonly code: ProblemCode;
  /** The HTTP status; 503 where there was no answer. */
  readonly status: number;
  /** Was anything applied? */
  readonly applied: Applied;
  /** The problem as the service told it (RFC 9457). */
  readonly problem: ProblemJson;
  /** The idempotency key it was sent with: the same again resolves what is unknown. */
  readonly key: string | undefined;
  /** The run it is about, where there is one. */
  readonly run: string | undefined;
  /** Seconds after which asking again may help, where the service says so. */
  readonly retryAfter: number | undefined;
  /** The receipt of the run, where it could be had. */
  receipt: Receipt | undefined;
  /** What the work brought, where its end could not be told; undefined where it failed. */
  value: unknown;

  constructor(problem: ProblemJson, about: About = {}) {
    super(problem.detail, about.cause === undefined ? {} : { cause: about.cause });
    this.name = new.target.name;
    this.code = problem.code;
    this.status = problem.status;
    this.applied = problem.applied;
    this.problem = problem;
    this.key = about.key;
    this.run = about.run;
    this.retryAfter = about.retryAfter;
  }

  /** The problem itself. */
  toJSON(): unknown {
    return this.problem;
  }

  /** The problem as an answer for a browser: `application/problem+json` with its status. */
  toResponse(): Response {
    return new Response(JSON.stringify(this), { status: this.status, headers: this.headers() });
  }

  /** The headers of such an answer. */
  headers(): Record<string, string> {
    const headers: Record<string, string> = {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
    };
    if (this.retryAfter !== undefined) headers["retry-after"] = String(this.retryAfter);
    else if (this.status < 500) headers["x-should-retry"] = "false";
    return headers;
  }
}

/** A customer's run was refused: nothing was held, charged or written. */
export class ProbityDenied extends ProbityError {
  declare readonly code: DenialCode;
  declare readonly applied: false;
  /** The refusal as the service told it. */
  readonly denial: DenialJson;

  constructor(denial: DenialJson, about: About = {}) {
    super({ ...denial, code: denial.code as DenialCode, applied: false }, about);
    this.denial = denial;
  }

  /** What the customer reads: what happened, what it needs, and the ways forward. */
  get words(): string {
    return this.denial.words;
  }

  /** What would allow this run. */
  get waysForward(): WayForward[] {
    return this.denial.ways_forward as WayForward[];
  }

  /** The action that was asked for. */
  get action(): string {
    return this.denial.action;
  }

  /** What it would cost. */
  get needs(): Credits | null {
    return this.denial.needs ?? null;
  }

  /** What can be spent. */
  get has(): Credits {
    return this.denial.has;
  }

  /** What is set aside for work in progress. */
  get held(): Credits {
    return this.denial.held;
  }

  /** What is missing. */
  get missing(): Credits | null {
    return this.denial.missing ?? null;
  }

  /** When the limit begins anew. */
  get resetsAt(): Date | null {
    return this.denial.resets_at ? new Date(this.denial.resets_at) : null;
  }

  /** Does asking again soon help? */
  get retryHelps(): boolean {
    return this.denial.retry_helps;
  }
}

/** Probity could not be asked, also not by asking again. */
export class ProbityUnavailable extends ProbityError {
  declare readonly code: "billing_unavailable" | "overloaded";
}

/** What work came to: a value, or an error. */
export interface Worked {
  value?: unknown;
  failure?: unknown;
}

/** Work was done, and how it ended could not be told: nothing of it is lost here. */
export class ProbityUntold extends ProbityError {
  /** What was to be told: `probity.settle(run, report, { key })` tells it once Probity answers. */
  readonly report: Report;
  /** Why the work failed, where it did. */
  readonly failure: unknown;

  constructor(
    readonly why: ProbityError,
    run: string,
    report: Report,
    worked: Worked = {},
  ) {
    const { key, retryAfter } = why;
    super(why.problem, { key, run, retryAfter, cause: worked.failure ?? why });
    this.message = `How run ${run} ended could not be told: ${why.message}`;
    this.report = report;
    this.value = worked.value;
    this.failure = worked.failure;
  }

  /** The same, with what the work came to. */
  of(run: string, worked: Worked): ProbityUntold {
    return new ProbityUntold(this.why, run, this.report, worked);
  }
}

/** A call before, with the same key, began the run, and its work is under way elsewhere. */
export class ProbityRunning extends ProbityError {
  declare readonly code: "idempotency_in_progress";
  declare readonly run: string;

  constructor(run: string, key: string) {
    const code = "idempotency_in_progress";
    const detail = "The same request is being worked on. Ask again with the same key.";
    const type = `/problems/${code}`;
    const title = "In progress";
    super({ type, title, status: 409, detail, code, applied: "unknown" }, about(run, key));
    this.message =
      `An earlier call with the key ${key} began run ${run}, and has not told its end. It was left ` +
      "as it is. Ask again with the same key once it has ended; if nobody works on it any more, " +
      `go on with it: probity.continue("${run}", work).`;
  }
}

function about(run: string, key: string): About {
  return { run, key, retryAfter: 1 };
}

const ALL: ReadonlySet<string> = new Set(DENIALS);

/** The error that an answer tells; `body` is what it held, if it was JSON. */
export function problemOf(status: number, body: unknown, about: About = {}): ProbityError {
  if (!isProblem(body)) {
    const detail = `The service answered with status ${status}, and not as Probity does.`;
    return away(detail, about.key === undefined ? false : "unknown", about);
  }
  if (ALL.has(body.code) && "ways_forward" in body) {
    return new ProbityDenied(body as unknown as DenialJson, about);
  }
  return isAway(body.code) ? new ProbityUnavailable(body, about) : new ProbityError(body, about);
}

/** Probity could not be asked. */
export function away(detail: string, applied: Applied, about: About = {}): ProbityUnavailable {
  const code = "billing_unavailable";
  const title = "Billing is not available";
  const type = `/problems/${code}`;
  return new ProbityUnavailable({ type, title, status: 503, detail, code, applied }, about);
}

/** Is it that the service could not be asked, and not that it answered no? */
export function isAway(code: string): boolean {
  return code === "billing_unavailable" || code === "overloaded";
}

function isProblem(body: unknown): body is ProblemJson {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}
