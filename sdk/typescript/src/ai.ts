// Language-model middleware for the Vercel AI SDK: usage told to a run, or each call a run of its
// own. How a call ended is judged as the gateway judges it.

import type {
  LanguageModelV3CallOptions as CallOptions,
  LanguageModelV3FinishReason as Reason,
  LanguageModelV3GenerateResult as Generated,
  LanguageModelV3Middleware as Middleware,
  LanguageModelV3StreamPart as Part,
} from "@ai-sdk/provider";
import { handOver } from "./carry.js";
import type { Ending } from "./ending.js";
import type { Asked, Probity, WhenAway } from "./probity.js";
import { problemOf } from "./problems.js";
import type { Run } from "./run.js";
import { watched, type End } from "./stream.js";
import type { Told } from "./track.js";
import type { Also } from "./usage.js";

interface Model {
  provider: string;
  modelId: string;
}

/**
 * Every call of the model becomes an attempt of the run:
 * `wrapLanguageModel({ model, middleware: probityMiddleware(run) })`.
 */
export function probityMiddleware(run: Told): Middleware {
  return {
    specificationVersion: "v3",
    async wrapGenerate({ doGenerate, model }) {
      return generated(run, model, doGenerate);
    },
    async wrapStream({ doStream, model }) {
      const told = new Seen(run, model);
      const answer = await tried(run, model, doStream);
      return { ...answer, stream: watched(answer.stream, told) };
    },
  };
}

/**
 * Each call of the model is a run of its own, refused where it may not be:
 * `charged(probity, "ask_assistant", (call) => ({ customer: … }))`. A refusal is thrown as
 * `ProbityDenied` before the provider is asked. A provider keeps nothing, so a call whose artifact
 * is owned is refused, too: where each call is a new answer, name none.
 */
export function charged(
  probity: Probity<WhenAway>,
  action: string,
  asked: Asked | ((call: CallOptions) => Asked | PromiseLike<Asked>),
): Middleware {
  const begin = async (params: CallOptions, model: Model): Promise<Run> => {
    const who = typeof asked === "function" ? await asked(params) : asked;
    const signal = params.abortSignal;
    const run = await probity.start(action, { model: model.modelId, ...who, signal });
    if (run.reopened) throw doneBefore(run);
    run.keep();
    return run;
  };
  return {
    specificationVersion: "v3",
    async wrapGenerate({ doGenerate, params, model }) {
      const run = await begin(params, model);
      const answer = await failing(run, () => generated(run, model, doGenerate));
      const trouble = (error: unknown) => run.troubled(error);
      const how = { goesOn: probity.whenAway === "go_on", trouble };
      return (await handOver(run, answer, how, run.said ?? endingOf(answer))).value;
    },
    async wrapStream({ doStream, params, model }) {
      const run = await begin(params, model);
      const answer = await failing(run, () => tried(run, model, doStream));
      return { ...answer, stream: watched(answer.stream, new Charged(run, model), run.signal) };
    },
  };
}

async function generated(
  run: Told,
  model: Model,
  generate: () => PromiseLike<Generated>,
): Promise<Generated> {
  const answer = await tried(run, model, generate);
  run.attempt({ usage: answer.usage }, also(model, answer.response?.modelId));
  return answer;
}

/** What a provider refuses it does not bill; of what breaks nobody knows. */
async function tried<T>(run: Told, model: Model, call: () => PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
    const isRefused = typeof status === "number" && status >= 400;
    const usage = isRefused ? { usage: { input: 0, output: 0 } } : {};
    run.attempt(usage, { ...also(model), source: "none" });
    throw error;
  }
}

async function failing<T>(run: Run, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await run.fail(error).catch((trouble: unknown) => run.troubled(trouble));
    throw error;
  }
}

/** A stream, and what it says of usage. */
class Seen {
  #model: string | undefined;
  #isTold = false;

  constructor(
    readonly run: Told,
    readonly model: Model,
  ) {}

  pass(part: Part): Part | undefined {
    if (part.type === "response-metadata") this.#model = part.modelId ?? this.#model;
    if (part.type === "finish") this.#tell({ usage: part.usage });
    return part;
  }

  /** It ended without saying what it used. */
  ended(_end: End, _error?: unknown): void | Promise<void> {
    this.#tell({});
  }

  #tell(usage: object): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.run.attempt(usage, also(this.model, this.#model));
  }
}

/** And how it ends. */
class Charged extends Seen {
  #ending: Ending | undefined;
  #isShown = false;

  constructor(
    override readonly run: Run,
    model: Model,
  ) {
    super(run, model);
  }

  override pass(part: Part): Part | undefined {
    if (isShown(part.type)) {
      this.#isShown = true;
      this.run.begun();
    }
    if (part.type === "error") this.#ending = { outcome: "failed", reason: "in_band_error" };
    if (part.type === "finish") this.#ending ??= finished(part.finishReason, this.#isShown);
    return super.pass(part);
  }

  override async ended(end: End, error?: unknown): Promise<void> {
    await super.ended(end);
    const { run } = this;
    const leaves = { outcome: this.#isShown ? "abandoned" : "cancelled" } as const;
    const without = { outcome: "failed", reason: "truncated" } as const;
    const ending = run.said ?? this.#ending ?? (end === "left" ? leaves : without);
    const told = end === "broken" && !this.#ending ? run.fail(error) : run.settle(ending);
    await told.catch((trouble: unknown) => run.troubled(trouble));
  }
}

function endingOf(answer: Generated): Ending {
  return finished(
    answer.finishReason,
    answer.content.some(({ type }) => isShown(type)),
  );
}

/** As the gateway judges: success needs an end, and something to show. */
function finished({ unified, raw }: Reason, isSomethingShown: boolean): Ending {
  if (unified === "content-filter") {
    const when = isSomethingShown ? "blocked_after_output" : "blocked_before_output";
    return { outcome: "blocked", reason: when };
  }
  if (unified === "error") return { outcome: "failed", reason: "in_band_error" };
  // No provider said that this is the end.
  if (unified === "other" && raw === undefined) return { outcome: "failed", reason: "truncated" };
  if (!isSomethingShown) return { outcome: "failed", reason: "empty" };
  const isLong = unified === "length";
  return isLong ? { outcome: "delivered", reason: "length_limit" } : { outcome: "delivered" };
}

function isShown(type: string): boolean {
  return ["text", "text-delta", "tool-call", "tool-input-delta", "file"].includes(type);
}

function also(model: Model, answered?: string): Also {
  const [name = ""] = model.provider.split(".");
  const provider = name === "google" ? "gemini" : name;
  return { provider, asked: model.modelId, model: answered ?? model.modelId };
}

/** A provider keeps nothing that it could serve again. */
function doneBefore(run: Run): Error {
  const code = "already_done";
  const detail =
    "This was done before and is not done again: what it brought is the customer's already. Leave " +
    "`artifact` out where each call is a new answer. Nothing was charged. Nothing was applied.";
  const type = `/problems/${code}`;
  const problem = {
    type,
    title: "Already done",
    status: 409,
    detail,
    code,
    applied: false,
  } as const;
  return problemOf(409, problem, { run: run.id });
}
