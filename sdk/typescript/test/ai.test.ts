// The real Vercel AI SDK, against the fake upstream: usage told to a run, or each call a run.

import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, streamText, wrapLanguageModel } from "ai";
import { ProbityDenied, ProbityUntold, attemptOf } from "@probity/sdk";
import type { Probity, WhenAway } from "@probity/sdk";
import { charged, probityMiddleware } from "@probity/sdk/ai";
import { Proxy } from "./proxy.js";
import { Service, upstream } from "./serving.js";

const HELLO = "Hello from the fake upstream.";

async function provider(t: TestContext, fault = "ok") {
  const headers = { "fake-fault": fault };
  return createOpenAI({ baseURL: `${await upstream(t)}/v1`, apiKey: "none", headers });
}

async function receipts(probity: Probity) {
  const params = { path: { id: "ana" } };
  const { data } = await probity.api.GET("/v1/customers/{id}/runs", { params });
  return data?.items ?? [];
}

test("usage of generated and of streamed texts becomes attempts of the run", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const openai = await provider(t);
  for (const bare of [openai.chat("gpt-4o-mini"), openai.responses("gpt-4o-mini")]) {
    const asked = { customer: "ana", artifact: bare.provider };
    const { receipt } = await probity.run("tailor_document", asked, async (run) => {
      const model = wrapLanguageModel({ model: bare, middleware: probityMiddleware(run) });
      const whole = await generateText({ model, prompt: "Hello" });
      assert.equal(whole.text, HELLO);
      const read = attemptOf(whole);
      assert.deepEqual([read.model, read.usage?.input], ["gpt-4o-mini", whole.usage.inputTokens]);
      assert.equal(await streamText({ model, prompt: "Hello" }).text, HELLO);
    });
    type Told = { provider: string; model: string; usage: { input: number; output: number } };
    const [first, second] = receipt.attempts as unknown as Told[];
    assert.deepEqual([first?.provider, first?.model], ["openai", "gpt-4o-mini"]);
    assert.ok(first && first.usage.input > 0 && first.usage.output > 0);
    assert.deepEqual(second?.usage, first.usage);
  }
});

test("each call is a run of its own, and ends as its answer does", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana", "discovery");
  const asked = (n: string) =>
    charged(probity, "tailor_document", { customer: "ana", artifact: n });
  const told = async (n: string, fault: string, streams: boolean) => {
    const bare = (await provider(t, fault)).chat("gpt-4o-mini");
    const model = wrapLanguageModel({ model: bare, middleware: asked(n) });
    const call = { model, prompt: "Hello", maxRetries: 0, onError: () => undefined };
    await (streams ? streamText(call).text : generateText(call)).then(undefined, () => undefined);
    const [last] = await receipts(probity);
    return [last?.outcome, last?.charged];
  };
  assert.deepEqual(await told("1", "ok", false), ["delivered", "5"]);
  assert.deepEqual(await told("2", "ok", true), ["delivered", "5"]);
  assert.deepEqual(await told("3", "status-500", false), ["failed", "0"]);
  assert.deepEqual(await told("4", "status-500", true), ["failed", "0"]);
  assert.deepEqual(await told("5", "filter", false), ["blocked", "0"]);
  assert.deepEqual(await told("6", "filter", true), ["blocked", "0"]);
  assert.deepEqual(await told("7", "empty", false), ["failed", "0"]);
  assert.deepEqual(await told("8", "cut", true), ["failed", "0"]);
  assert.deepEqual(await told("9", "truncate", true), ["failed", "0"]);
});

test("a refusal comes before the provider is asked, and what is owned is not done again", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana", "discovery");
  const openai = await provider(t);
  const call = (name: string, artifact: string) => {
    const middleware = charged(probity, "tailor_document", () => ({ customer: "ana", artifact }));
    const model = wrapLanguageModel({ model: openai.chat(name), middleware });
    return generateText({ model, prompt: "Hello" });
  };
  const denied = await call("gpt-4.1", "d").catch((error: unknown) => error);
  assert.ok(denied instanceof ProbityDenied && denied.code === "model_above_plan", String(denied));
  assert.equal((await call("gpt-4o-mini", "d")).text, HELLO);
  await assert.rejects(call("gpt-4o-mini", "d"), /done before/);
});

test("who leaves a stream in its middle has abandoned it", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const bare = (await provider(t, "paced")).chat("gpt-4o-mini");
  const middleware = charged(probity, "tailor_document", { customer: "ana", artifact: "d" });
  const leaving = new AbortController();
  const model = wrapLanguageModel({ model: bare, middleware });
  const { textStream } = streamText({ model, prompt: "Hello", abortSignal: leaving.signal });
  for await (const text of textStream) if (text !== "") leaving.abort();
  let last;
  do [last] = await receipts(probity);
  while (last?.status === "held");
  assert.deepEqual([last?.outcome, last?.charged], ["abandoned", "5"]);
});

test("an answer whose end cannot be told is not lost, and goes on where that is said", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = ({ path }) => (path.endsWith("/settle") ? "cut" : "pass");
  const bare = (await provider(t)).chat("gpt-4o-mini");
  const calls = (artifact: string, whenAway: WhenAway, troubles: unknown[]) => {
    const onTrouble = (error: unknown) => void troubles.push(error);
    const options = { url: proxy.url, retries: 0, whenAway, onTrouble };
    const asked = { customer: "ana", artifact };
    const middleware = charged(service.client(options), "tailor_document", asked);
    const model = wrapLanguageModel({ model: bare, middleware });
    return generateText({ model, prompt: "Hello", maxRetries: 0 });
  };
  const untold = await calls("1", "refuse", []).catch((error: unknown) => error);
  assert.ok(untold instanceof ProbityUntold, String(untold));
  const { content } = untold.value as { content: { text?: string }[] };
  assert.equal(content[0]?.text, HELLO);
  const troubles: unknown[] = [];
  assert.equal((await calls("2", "go_on", troubles)).text, HELLO);
  assert.ok(troubles.length === 1 && troubles[0] instanceof ProbityUntold);
});
