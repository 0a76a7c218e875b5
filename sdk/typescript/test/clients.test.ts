// The official AI clients, unmodified, against the fake upstream: their usage becomes attempts.

import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI, { AzureOpenAI } from "openai";
import { attemptOf, type Attempt, type Run } from "@probity/sdk";
import { track as trackAnthropic } from "@probity/sdk/anthropic";
import { track as trackOpenAI } from "@probity/sdk/openai";
import { Service, table, upstream } from "./serving.js";

const HELLO = "Hello from the fake upstream.";
const messages = [{ role: "user" as const, content: "Hello" }];

/** What a run is told. */
class Told {
  attempts: Attempt[] = [];

  attempt(...told: Parameters<Run["attempt"]>): void {
    this.attempts.push(attemptOf(...told));
  }

  /** What was told of the last call. */
  get last(): Attempt | undefined {
    return this.attempts.at(-1);
  }
}

async function openai(t: TestContext, told: Told): Promise<OpenAI> {
  const baseURL = `${await upstream(t)}/v1`;
  return trackOpenAI(told, new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 }));
}

async function anthropic(t: TestContext, told: Told): Promise<Anthropic> {
  const baseURL = await upstream(t);
  return trackAnthropic(told, new Anthropic({ baseURL, apiKey: "none", maxRetries: 0 }));
}

function fault(name: string): { headers: Record<string, string> } {
  return { headers: { "fake-fault": name } };
}

test("OpenAI's answers are told, streamed or not, by any of its helpers", async (t) => {
  const told = new Told();
  const client = await openai(t, told);
  const model = "gpt-4o-mini";
  const whole = await client.chat.completions.create({ model, messages });
  assert.equal(whole.choices[0]?.message.content, HELLO);
  const first = told.last;
  assert.deepEqual(first, attemptOf(whole, { provider: "openai", asked: model }));
  assert.ok(first?.usage?.input && first.usage.output);
  // The piece with usage, which the caller did not ask for, is not theirs.
  const events = [];
  for await (const event of await client.chat.completions.create({
    model,
    messages,
    stream: true,
  })) {
    events.push(event);
  }
  assert.equal(events.map((event) => event.choices[0]!.delta.content ?? "").join(""), HELLO);
  assert.deepEqual(told.last, first);
  // Where they did, it is.
  const options = { stream: true as const, stream_options: { include_usage: true } };
  const asked = await client.chat.completions.create({ model, messages, ...options });
  let usage;
  for await (const event of asked) usage = event.usage ?? usage;
  assert.equal(usage?.prompt_tokens, first?.usage?.input);
  assert.deepEqual(told.last, first);
  assert.equal(await client.chat.completions.stream({ model, messages }).finalContent(), HELLO);
  const response = await client.responses.create({ model, input: "Hello" });
  assert.equal(response.output_text, HELLO);
  assert.deepEqual(told.last?.usage, first?.usage);
  const stream = await client.responses.create({ model, input: "Hello", stream: true });
  for await (const event of stream) assert.ok(event.type);
  assert.deepEqual(told.last?.usage, first?.usage);
  assert.equal(told.attempts.length, 6);
  await client.models.list();
  assert.equal(told.attempts.length, 6);
});

test("Anthropic's answers are told, streamed or not, with their caches", async (t) => {
  const told = new Told();
  const client = await anthropic(t, told);
  const asked = { model: "claude-haiku-4-5", max_tokens: 100, messages };
  const whole = await client.messages.create(asked);
  const first = told.last;
  assert.deepEqual(first, attemptOf(whole, { provider: "anthropic", asked: asked.model }));
  assert.equal(await client.messages.stream(asked).finalText(), HELLO);
  assert.deepEqual(told.last?.usage, first?.usage);
  assert.equal(told.last?.source, "provider");
  for (const stream of [false, true]) {
    const cached = await client.messages.create({ ...asked, stream }, fault("cached"));
    if (Symbol.asyncIterator in cached) for await (const event of cached) assert.ok(event.type);
    const { input, cache_read } = told.last?.usage ?? {};
    assert.ok(input && cache_read && cache_read < input, JSON.stringify(told.last));
  }
});

test("embeddings are told as what they are: tokens in, none out", async () => {
  const told = new Told();
  const { cases } = table<{ cases: { name: string; answer: object }[] }>("usage");
  const recorded = cases.find(({ name }) => name.startsWith("embeddings"))!.answer;
  // The fake upstream has none.
  const fetching = () => Promise.resolve(Response.json(recorded));
  const client = trackOpenAI(told, new OpenAI({ apiKey: "none", fetch: fetching }));
  const model = "text-embedding-3-small";
  await client.embeddings.create({ model, input: "Hello", encoding_format: "float" });
  assert.deepEqual([told.last?.usage, told.last?.asked], [{ input: 8, output: 0 }, model]);
});

test("what a provider refuses costs nothing; what breaks is not known", async (t) => {
  const told = new Told();
  const client = await openai(t, told);
  const asked = { model: "gpt-4o-mini", messages };
  await assert.rejects(client.chat.completions.create(asked, fault("status-500")));
  assert.deepEqual([told.last?.usage, told.last?.source], [{ input: 0, output: 0 }, "none"]);
  assert.equal(told.last?.asked, "gpt-4o-mini");
  const cut = await client.chat.completions.create({ ...asked, stream: true }, fault("cut"));
  await assert.rejects(async () => {
    for await (const event of cut) assert.ok(event);
  });
  assert.deepEqual([told.last?.usage, told.last?.source], [undefined, "none"]);
  const once = client.withOptions({ maxRetries: 0 });
  const until = told.attempts.length;
  await assert.rejects(once.chat.completions.create(asked, fault("cut")));
  assert.deepEqual([told.attempts.length, told.last?.source], [until + 1, "none"]);
  const none = await client.chat.completions.create(asked, fault("no-usage"));
  assert.equal(none.choices.length, 1);
  assert.deepEqual([told.last?.usage, told.last?.model], [undefined, "gpt-4o-mini"]);
  const gzip = await client.chat.completions.create(asked, fault("gzip"));
  assert.equal(gzip.choices[0]?.message.content, HELLO);
  assert.ok(told.last?.usage?.input);
  // Left in the middle.
  const before = told.attempts.length;
  const paced = await client.chat.completions.create({ ...asked, stream: true }, fault("paced"));
  for await (const event of paced) if (event.choices[0]?.delta.content) break;
  await assert.doesNotReject(async () => {
    while (told.attempts.length === before) await new Promise(setImmediate);
  });
  assert.equal(told.last?.source, "none");
  // Its own retries are calls, too.
  const calls = told.attempts.length;
  const retries = client.withOptions({ maxRetries: 1 });
  await assert.rejects(retries.chat.completions.create(asked, fault("status-429")));
  assert.equal(told.attempts.length, calls + 2);
});

test("a client of somebody else keeps its kind, and is named", async (t) => {
  const told = new Told();
  const options = { baseURL: `${await upstream(t)}/v1`, apiKey: "none", apiVersion: "2025-01-01" };
  const client = trackOpenAI(told, new AzureOpenAI(options), "azure");
  assert.ok(client instanceof AzureOpenAI);
  // Its path is another one than the fake upstream has.
  await assert.rejects(client.chat.completions.create({ model: "gpt-4o-mini", messages }));
  assert.equal(told.last?.provider, "azure");
});

test("a run has them all on its receipt", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const url = await upstream(t);
  const asked = { customer: "ana", artifact: "draft_9" };
  const { receipt } = await probity.run("tailor_document", asked, async (run) => {
    const gpt = trackOpenAI(run, new OpenAI({ baseURL: `${url}/v1`, apiKey: "none" }));
    const claude = trackAnthropic(run, new Anthropic({ baseURL: url, apiKey: "none" }));
    await gpt.chat.completions.create({ model: "gpt-4o-mini", messages });
    await claude.messages.create({ model: "claude-sonnet-4-5", max_tokens: 100, messages });
  });
  const attempts = receipt.attempts as unknown as { provider: string; cost: string }[];
  assert.deepEqual(
    attempts.map(({ provider }) => provider),
    ["openai", "anthropic"],
  );
  assert.ok(
    attempts.every(({ cost }) => Number(cost) > 0),
    JSON.stringify(attempts),
  );
});
