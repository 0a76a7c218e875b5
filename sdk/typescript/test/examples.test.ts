// The examples, run as they stand: with the real service, and the fake upstream as the AI provider.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import test, { type TestContext } from "node:test";
import { NextRequest } from "next/server.js";
import { HERE, Service, upstream } from "./serving.js";

const HELLO = "Hello from the fake upstream.";

/** What an example finds around it. */
async function around(t: TestContext) {
  const service = await Service.of(t);
  await service.with("ana");
  const openai = { OPENAI_BASE_URL: `${await upstream(t)}/v1`, OPENAI_API_KEY: "none" };
  const probity = { PROBITY_URL: service.url, PROBITY_KEY: service.key };
  return { service, env: { ...process.env, ...openai, ...probity, PORT: "0" } };
}

function started(name: string, env: NodeJS.ProcessEnv) {
  const file = join(HERE, ".build/examples", `${name}.js`);
  return spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
}

/** What an example says that ends by itself. */
async function said(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = started(name, env);
  const [out, [code]] = await Promise.all([text(child.stdout!), once(child, "exit")]);
  assert.equal(code, 0, out);
  return out;
}

/** Where an example listens. */
async function listens(t: TestContext, name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = started(name, env);
  t.after(() => child.kill());
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, url] = /Listening on (.+);/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`${name} does not listen`);
}

test("the README begins with examples/start.ts", () => {
  const readme = readFileSync(join(HERE, "README.md"), "utf8");
  const start = readFileSync(join(HERE, "examples/start.ts"), "utf8");
  assert.ok(readme.includes(`\`\`\`ts\n${start}\`\`\``));
});

test("examples/start.ts", async (t) => {
  const { env, service } = await around(t);
  const out = await said("start", env);
  assert.match(out, new RegExp(HELLO));
  assert.match(out, /Done\. 5 credits used \(\$0\.50\); 115 credits left\./);
  assert.match(await said("start", env), /You already have this\. No charge\./);
  const { data } = await service.client().api.GET("/v1/customers/{id}/runs", {
    params: { path: { id: "ana" } },
  });
  assert.ok(data?.items.at(-1)?.cost);
});

test("examples/express.ts", async (t) => {
  const { env, service } = await around(t);
  const url = await listens(t, "express", env);
  const post = (path: string, headers: Record<string, string>) =>
    fetch(url + path, { method: "POST", headers });
  const answer = await post("/drafts/d1/tailor", { "x-user": "ana" });
  assert.equal(await answer.text(), HELLO);
  const receipt = await service.client().receipt(answer.headers.get("probity-run")!);
  assert.deepEqual([receipt.outcome, receipt.attempts?.length], ["delivered", 1]);
  const again = await post("/drafts/d1/tailor", { "x-user": "ana" });
  assert.equal(await again.text(), "the letter that you have kept");
  assert.equal((await post("/probity-token", { "x-user": "ana" })).status, 200);
  assert.equal((await post("/drafts/d1/tailor", {})).status, 401);
});

test("examples/hono.ts", async (t) => {
  const { env, service } = await around(t);
  const url = await listens(t, "hono", env);
  const answer = await fetch(`${url}/maps/m1/enrich`, {
    method: "POST",
    headers: { "x-user": "ana" },
  });
  assert.equal(((await answer.json()) as { sections: string[] }).sections.length, 5);
  assert.equal(answer.headers.get("probity-outcome"), "partial");
  assert.equal((await service.client().wallet("ana")).available, "114");
});

test("examples/next-route.ts", async (t) => {
  const { env, service } = await around(t);
  // It is imported as Next.js does, so its surroundings are this process's.
  process.env["PROBITY_URL"] = env.PROBITY_URL;
  process.env["PROBITY_KEY"] = env.PROBITY_KEY;
  const { POST } =
    (await import("../examples/next-route.js")) as typeof import("../examples/next-route.js");
  const asks = (body: object) => {
    const headers = { cookie: "user=ana" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const request = new NextRequest("http://localhost/api/drafts/d1/tailor", init);
    return POST(request, { params: Promise.resolve({ draft: "d1" }) });
  };
  const empty = await asks({});
  assert.deepEqual([empty.status, (await empty.json()) !== undefined], [422, true]);
  const answer = await asks({ text: "hello" });
  assert.deepEqual(await answer.json(), { draft: "d1", letter: "Dear team, hello" });
  const runs = await service.client().api.GET("/v1/customers/{id}/runs", {
    params: { path: { id: "ana" } },
  });
  const outcomes = runs.data?.items.map((run) => run.outcome);
  assert.deepEqual(outcomes, ["delivered", "bad_input"]);
});

test("examples/job.ts", async (t) => {
  const { env } = await around(t);
  const out = await said("job", env);
  assert.match(out, /10 credits set aside/);
  assert.match(out, /5 of 8 delivered\. You paid for those: 6 credits instead of 10 credits/);
});

test("examples/assistant.ts", async (t) => {
  const { env, service } = await around(t);
  assert.match(await said("assistant", env), new RegExp(HELLO));
  const { allowances } = await service.client().wallet("ana");
  assert.equal(allowances["map_market"]?.used, 1);
});
