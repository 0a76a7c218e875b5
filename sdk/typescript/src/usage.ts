// What AI libraries answer, read as attempts: whose model it was, and its tokens. What is not told
// stays unknown; nothing is guessed from prices or texts.

import type { Attempt, Usage } from "./shapes.js";

/** What is known of a call beside its answer. */
export type Also = Pick<
  Attempt,
  "provider" | "asked" | "model" | "services" | "own_key" | "source"
>;

type Json = Record<string, unknown>;

/** Reads an answer of a known library, its usage alone, or an attempt as the API takes it. */
export function attemptOf(answer: unknown, also: Also = {}): Attempt {
  const whole = object(answer) ?? {};
  if (isAttempt(whole)) return { ...(whole as Attempt), ...also };
  const read = usageIn(whole);
  const model = text(whole["model"]) ?? text(whole["modelVersion"]) ?? modelOf(whole);
  const attempt: Attempt = { source: sourceOf(read.usage) };
  if (read.provider !== undefined) attempt.provider = read.provider;
  if (model !== undefined) attempt.model = model;
  if (read.usage !== undefined) attempt.usage = read.usage;
  return { ...attempt, ...also };
}

function sourceOf(usage: Usage | undefined): "provider" | "partial" | "none" {
  if (usage === undefined) return "none";
  return usage.input === undefined || usage.output === undefined ? "partial" : "provider";
}

/** Tokens, and whose words they are told in. */
export interface Read {
  usage: Usage | undefined;
  provider: string | undefined;
}

/** The tokens in an answer, or in its usage alone. */
export function usageIn(whole: Json): Read {
  const places = [whole["totalUsage"], whole["usage"], whole["usageMetadata"], whole];
  for (const place of places) {
    const usage = object(place);
    const read = usage === undefined ? undefined : tokens(usage);
    if (read !== undefined) return { ...read, provider: read.provider ?? providerOf(whole) };
  }
  return { usage: undefined, provider: providerOf(whole) };
}

function tokens(usage: Json): Read | undefined {
  if ("prompt_tokens" in usage || "completion_tokens" in usage) return chat(usage);
  if ("inputTokens" in usage || "outputTokens" in usage) return vercel(usage);
  if ("promptTokenCount" in usage) return gemini(usage);
  if ("input_tokens" in usage || "output_tokens" in usage) {
    const beside = "cache_creation_input_tokens" in usage || "cache_read_input_tokens" in usage;
    return beside ? anthropic(usage) : responses(usage);
  }
  return undefined;
}

function chat(usage: Json): Read {
  const read = object(usage["prompt_tokens_details"]);
  const wrote = object(usage["completion_tokens_details"]);
  const input = count(usage["prompt_tokens"]);
  const total = count(usage["total_tokens"]);
  // Embeddings write nothing, and say so by what they leave out.
  const nothing = input !== undefined && total === input ? 0 : undefined;
  return {
    provider: "openai",
    usage: counted({
      input,
      cache_read: count(read?.["cached_tokens"]) ?? count(usage["prompt_cache_hit_tokens"]),
      cache_write: count(read?.["cache_write_tokens"]),
      output: written(input, count(usage["completion_tokens"]) ?? nothing, total),
      reasoning: count(wrote?.["reasoning_tokens"]),
    }),
  };
}

function responses(usage: Json): Read {
  const read = object(usage["input_tokens_details"]);
  const wrote = object(usage["output_tokens_details"]);
  const input = count(usage["input_tokens"]);
  const total = count(usage["total_tokens"]);
  return {
    // Without details both have the same words.
    provider: read === undefined ? undefined : "openai",
    usage: counted({
      input,
      cache_read: count(read?.["cached_tokens"]),
      cache_write: count(read?.["cache_write_tokens"]),
      output: written(input, count(usage["output_tokens"]), total),
      reasoning: count(wrote?.["reasoning_tokens"]) ?? count(wrote?.["thinking_tokens"]),
    }),
  };
}

/** Where the counts do not add up, what is missing was written. */
function written(input?: number, output?: number, total?: number): number | undefined {
  if (input === undefined || output === undefined || total === undefined) return output;
  return Math.max(output, total - input);
}

/** Its input is told beside what was read from and written to the cache. */
function anthropic(usage: Json): Read {
  const read = count(usage["cache_read_input_tokens"]);
  const wrote = count(usage["cache_creation_input_tokens"]);
  const thought = object(usage["output_tokens_details"]);
  const input = count(usage["input_tokens"]);
  return {
    provider: "anthropic",
    usage: counted({
      input: input === undefined ? undefined : input + (read ?? 0) + (wrote ?? 0),
      cache_read: read,
      cache_write: wrote,
      output: count(usage["output_tokens"]),
      reasoning: count(thought?.["thinking_tokens"]),
    }),
  };
}

/** Its output is told beside its thoughts. */
function gemini(usage: Json): Read {
  const input = count(usage["promptTokenCount"]);
  const reasoning = count(usage["thoughtsTokenCount"]);
  const output = count(usage["candidatesTokenCount"]);
  const tools = count(usage["toolUsePromptTokenCount"]);
  const isTold = output !== undefined || reasoning !== undefined;
  return {
    provider: "gemini",
    usage: counted({
      input: input === undefined ? undefined : input + (tools ?? 0),
      cache_read: count(usage["cachedContentTokenCount"]),
      output: isTold ? (output ?? 0) + (reasoning ?? 0) : undefined,
      reasoning,
    }),
  };
}

/** The Vercel AI SDK: what its functions answer, and what its language models do. */
function vercel(usage: Json): Read {
  const input = object(usage["inputTokens"]);
  const output = object(usage["outputTokens"]);
  const read = object(usage["inputTokenDetails"]);
  const wrote = object(usage["outputTokenDetails"]);
  const cached = read?.["cacheReadTokens"] ?? usage["cachedInputTokens"];
  return {
    provider: undefined,
    usage: counted({
      input: count(input ? input["total"] : usage["inputTokens"]),
      cache_read: count(input ? input["cacheRead"] : cached),
      cache_write: count(input ? input["cacheWrite"] : read?.["cacheWriteTokens"]),
      output: count(output ? output["total"] : usage["outputTokens"]),
      reasoning: count(
        output ? output["reasoning"] : (wrote?.["reasoningTokens"] ?? usage["reasoningTokens"]),
      ),
    }),
  };
}

function counted(told: { [Name in keyof Usage]: number | undefined }): Usage | undefined {
  if (told.input === undefined && told.output === undefined) return undefined;
  const known = Object.entries(told).filter(([, tokens]) => tokens !== undefined);
  return Object.fromEntries(known) as Usage;
}

function providerOf(whole: Json): string | undefined {
  const kind = text(whole["object"]) ?? "";
  if (kind.startsWith("chat.completion") || kind === "response") return "openai";
  return whole["type"] === "message" ? "anthropic" : undefined;
}

function modelOf(whole: Json): string | undefined {
  return text(object(whole["response"])?.["modelId"]);
}

/** An attempt as the API takes it: its tokens have the books' own names. */
function isAttempt(whole: Json): boolean {
  if ("services" in whole) return true;
  const usage = object(whole["usage"]);
  return usage !== undefined && ("input" in usage || "output" in usage);
}

function object(value: unknown): Json | undefined {
  const is = typeof value === "object" && value !== null && !Array.isArray(value);
  return is ? (value as Json) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function count(value: unknown): number | undefined {
  const is = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  return is ? value : undefined;
}
