// What is read without asking anybody: usage in the words of each library, and verdicts in headers.

import assert from "node:assert/strict";
import test from "node:test";
import { attemptOf, type Run, type Usage } from "@probity/sdk";
import type { Ending } from "../src/ending.js";
import { table } from "./serving.js";

// What the package does not offer is tested where it stands.
const inside = (name: string): Promise<unknown> =>
  import(new URL(`../../dist/${name}.js`, import.meta.url).href);
const { readVerdict, readNowCharged } = (await inside(
  "verdict",
)) as typeof import("../src/verdict.js");
const { endingOf } = (await inside("ending")) as typeof import("../src/ending.js");
const { left } = (await inside("charge")) as {
  left: (run: Run, verdict: Ending | undefined, status: number) => Ending | undefined;
};

test("usage is read in the words of each library, cache and reasoning as the books count", () => {
  const chat = {
    object: "chat.completion",
    model: "gpt-4.1",
    usage: {
      prompt_tokens: 100,
      completion_tokens: 20,
      prompt_tokens_details: { cached_tokens: 60 },
      completion_tokens_details: { reasoning_tokens: 5 },
    },
  };
  const tokens = { input: 100, cache_read: 60, output: 20, reasoning: 5 };
  const openai = { source: "provider", provider: "openai", usage: tokens };
  assert.deepEqual(attemptOf(chat), { ...openai, model: "gpt-4.1" });
  assert.deepEqual(attemptOf(chat.usage), openai);
  const response = {
    object: "response",
    model: "gpt-4.1",
    usage: {
      input_tokens: 100,
      output_tokens: 20,
      input_tokens_details: { cached_tokens: 60 },
      output_tokens_details: { reasoning_tokens: 5 },
    },
  };
  assert.deepEqual(attemptOf(response), { ...openai, model: "gpt-4.1" });
  const message = {
    type: "message",
    model: "claude-sonnet-4-5",
    usage: {
      input_tokens: 30,
      cache_read_input_tokens: 60,
      cache_creation_input_tokens: 10,
      output_tokens: 20,
    },
  };
  const cached = { input: 100, cache_read: 60, cache_write: 10, output: 20 };
  const anthropic = { source: "provider", provider: "anthropic", usage: cached };
  assert.deepEqual(attemptOf(message), { ...anthropic, model: "claude-sonnet-4-5" });
  const gemini = {
    modelVersion: "gemini-3-flash",
    usageMetadata: {
      promptTokenCount: 90,
      toolUsePromptTokenCount: 10,
      cachedContentTokenCount: 60,
      candidatesTokenCount: 15,
      thoughtsTokenCount: 5,
    },
  };
  const { usage, provider, model } = attemptOf(gemini);
  assert.deepEqual([usage, provider, model], [tokens, "gemini", "gemini-3-flash"]);
  const details = {
    usage: {
      inputTokens: 100,
      outputTokens: 20,
      inputTokenDetails: { cacheReadTokens: 60 },
      outputTokenDetails: { reasoningTokens: 5 },
    },
    response: { modelId: "gpt-4.1" },
  };
  assert.deepEqual(attemptOf(details).usage, tokens);
  assert.equal(attemptOf(details).model, "gpt-4.1");
  const older = { inputTokens: 100, outputTokens: 20, cachedInputTokens: 60, reasoningTokens: 5 };
  assert.deepEqual(attemptOf({ totalUsage: older }).usage, tokens);
  // The books' own words, and what nothing is known of: unknown is not zero.
  const own = { model: "gpt-4.1", usage: { input: 1, output: 0 }, services: { job_index: 1 } };
  assert.deepEqual(attemptOf(own), own);
  for (const nothing of [
    undefined,
    null,
    "text",
    {},
    { usage: null },
    { usage: { prompt_tokens: -1 } },
  ]) {
    assert.deepEqual(attemptOf(nothing, { model: "m" }).usage, undefined);
    assert.equal(attemptOf(nothing).source, "none");
  }
});

interface Answer {
  name: string;
  answer: Record<string, unknown>;
  usage: Usage;
}

test("recorded answers are counted as the gateway counts them: the table of all SDKs", () => {
  const { cases } = table<{ cases: Answer[] }>("usage");
  assert.ok(cases.length > 20);
  for (const { name, answer, usage } of cases) {
    const told = Object.keys(usage).length === 0 ? undefined : usage;
    const isWhole = usage.input !== undefined && usage.output !== undefined;
    const source = isWhole ? "provider" : told === undefined ? "none" : "partial";
    const attempt = attemptOf(answer);
    assert.deepEqual([attempt.usage, attempt.source], [told, source], name);
    assert.equal(attempt.model, answer["model"] ?? answer["modelVersion"], name);
    // Or its usage alone.
    const alone = attemptOf(answer["usage"] ?? answer["usageMetadata"]);
    assert.deepEqual(alone.usage, told, name);
  }
});

interface Leaving {
  said: Ending | null;
  begun: boolean;
  status?: number;
  ends: Ending | null;
}

/** All but the reason, which SDKs tell each in their way. */
function brief(ending: Ending | undefined): Partial<Ending> | null {
  if (ending === undefined) return null;
  const { reason: _, ...told } = ending;
  return told;
}

test("leaving never costs more than staying: the table of all SDKs", () => {
  const { cases } = table<{ cases: Leaving[] }>("leaving");
  assert.ok(cases.length > 20);
  for (const { said, begun, status, ends } of cases) {
    const about = JSON.stringify({ said, begun, status });
    // Of a route, by what the run said and by what the answer's head said.
    const known = { said: said ?? undefined, hasBegun: begun } as Run;
    const byRun = brief(left(known, undefined, status ?? 200));
    assert.deepEqual(byRun, ends, about);
    const unsaid = { said: undefined, hasBegun: begun } as Run;
    const byHead = brief(left(unsaid, said ?? undefined, status ?? 200));
    assert.deepEqual(byHead, ends, about);
    if (status !== undefined) continue;
    const block = endingOf(new Error(), AbortSignal.abort(), begun, said ?? undefined);
    assert.deepEqual(block, ends, about);
  }
});

test("a verdict is read as the gateway reads it, or not at all", () => {
  assert.deepEqual(readVerdict("partial;parts=5"), { outcome: "partial", parts: 5 });
  const all = String.raw` partial; reason="5 of \"8\" \\";  quantity=7;parts=5 `;
  const reason = String.raw`5 of "8" ` + "\\";
  assert.deepEqual(readVerdict(all), { outcome: "partial", reason, quantity: 7, parts: 5 });
  const display = readVerdict(`failed;reason=%"f%c3%bcr 50%25"`);
  assert.deepEqual(display, { outcome: "failed", reason: "für 50%" });
  for (const text of [
    "",
    "Delivered",
    "deliveredx",
    "success",
    "delivered, failed",
    "delivered;",
    "partial ;parts=5",
    "partial;part=5",
    "partial;parts",
    "partial;parts=-1",
    "partial;parts=5.5",
    "partial;parts=5;parts=5",
    "failed;reason=down",
    'failed;reason="down',
    'failed;reason=""',
    'failed;reason="ü"',
    'failed;reason=%"%0a"',
    'failed;reason=%"%ff"',
    'failed;reason=%"%C3%BC"',
    'failed;reason="x" y',
    `failed;reason="${"x".repeat(501)}"`,
    " ".repeat(2000),
  ]) {
    assert.equal(readVerdict(text), undefined, text);
  }
  assert.deepEqual(readNowCharged("5"), { charged: "5", allowed: true });
  assert.deepEqual(readNowCharged("0; denied"), { charged: "0", allowed: false });
  for (const text of ["", "-5", "5; denied", "5; perhaps", "0.1234567"]) {
    assert.equal(readNowCharged(text), undefined, text);
  }
});
