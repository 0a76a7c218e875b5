// Real Express, Hono and Next.js handlers, charged by how they end.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request as ask } from "node:http";
import test from "node:test";
import type { ProbityError, Receipt, Run } from "@probity/sdk";
import { FRAMEWORKS, gate, pieces, Product, type Work } from "./frameworks.js";

for (const framework of FRAMEWORKS) {
  const { name } = framework;

  test(`${name}: an answer says how it ended, and is told before it is there`, async (t) => {
    const product = await Product.of(t, framework);
    const ended = async (work: Work, outcome: string, charged: string) => {
      const told = await product.asks(work);
      const body = await told.text();
      // Whoever has the answer finds it in their books.
      const { data } = await product.probity.api.GET("/v1/customers/{id}/runs", {
        params: { path: { id: "ana" } },
      });
      const [last] = data!.items;
      assert.deepEqual([last?.outcome, last?.charged], [outcome, charged]);
      return { told, body, last };
    };
    const done = await ended(() => ({ body: "a letter" }), "delivered", "5");
    assert.deepEqual([done.told.status, done.body], [200, "a letter"]);
    const header = (name: string) => done.told.headers.get(`probity-${name}`);
    assert.equal(header("run"), done.last?.run);
    assert.deepEqual([header("action"), header("mode")], ["tailor_document", "enforce"]);
    assert.deepEqual([header("price"), header("available")], ["5", "115"]);
    const json = { "content-type": "application/json" };
    const bad = { status: 422, headers: json, body: '{"why":"a picture"}' };
    const refused = await ended(() => bad, "bad_input", "0");
    assert.deepEqual(JSON.parse(refused.body), { why: "a picture" });
    const failed = await ended(() => ({ throws: new Error("secret") }), "failed", "0");
    assert.deepEqual([failed.told.status, failed.body], [500, "sorry"]);
    const said = { headers: { "Probity-Outcome": 'empty;reason="no roles"' } };
    const empty = await ended(() => said, "empty", "0");
    assert.equal(empty.last?.reason, "no roles");
    assert.equal(empty.told.headers.get("probity-outcome"), "empty");
    await ended(() => ({ says: (run) => run.blocked() }), "blocked", "0");
    await ended(() => ({ headers: { "Probity-Outcome": "great" } }), "delivered", "5");
    const streamed = await ended(() => ({ pieces: pieces("a ", "letter") }), "delivered", "5");
    assert.equal(streamed.body, "a letter");
    const says = (run: Run) =>
      run.attempt({ usage: { input: 1, output: 1 } }, { model: "gpt-4.1" });
    const { last } = await ended(() => ({ says }), "delivered", "5");
    assert.equal(last?.attempts?.length, 1);
  });

  test(`${name}: refusals and strangers are answered before the work`, async (t) => {
    const product = await Product.of(t, framework);
    const never = () => assert.fail("it was asked to work");
    const nobody = await product.asks(never, { "x-user": "" });
    assert.equal(nobody.status, 401);
    const denied = await product.asks(never, { "probity-max-price": "2" });
    assert.equal(denied.status, 402);
    assert.equal(denied.headers.get("content-type"), "application/problem+json");
    const problem = (await denied.json()) as { code: string; ways_forward: unknown[] };
    assert.equal(problem.code, "price_above_max");
    assert.ok(problem.ways_forward.length > 0);
    const unknown = await product.asks(never, { "x-user": "bob" });
    assert.deepEqual(
      [unknown.status, ((await unknown.json()) as { code: string }).code],
      [404, "not_found"],
    );
  });

  test(`${name}: the same key, and what is owned, are not charged again`, async (t) => {
    const product = await Product.of(t, framework);
    const keyed = { "idempotency-key": "press-1", "x-draft": "mine" };
    const failed = await product.asks(() => ({ status: 503 }), keyed);
    assert.equal(failed.status, 503);
    assert.equal((await product.asks(() => ({}), keyed)).status, 200);
    const again = await product.asks(() => assert.fail(), keyed);
    assert.equal(again.status, 409);
    const problem = (await again.json()) as { code: string; receipt: Receipt };
    assert.equal(problem.code, "already_done");
    assert.deepEqual([problem.receipt.charged, "cost" in problem.receipt], ["5", false]);
    const owned = await product.asks((run) => ({ body: String(run.reopened) }), {
      "x-draft": "mine",
    });
    assert.equal(await owned.text(), "true");
    assert.equal(owned.headers.get("probity-outcome"), "reopened");
    assert.equal((await product.probity.wallet("ana")).available, "115");
  });

  test(`${name}: work that goes on elsewhere is told by its id`, async (t) => {
    const product = await Product.of(t, framework);
    const taken = await product.asks(() => ({ status: 202 }));
    const id = taken.headers.get("probity-run")!;
    assert.equal((await product.probity.wallet("ana")).held, "5");
    const { receipt } = await product.probity.continue(id, (run) => run.empty());
    assert.equal(receipt.outcome, "empty");
  });

  test(`${name}: who leaves is noticed, before the first byte and after it`, async (t) => {
    const product = await Product.of(t, framework);
    const post = () => {
      const headers = { "x-user": "ana", "x-draft": String(Math.random()) };
      const call = ask(`${product.url}/tailor`, { method: "POST", headers });
      call.on("error", () => undefined);
      call.end();
      return call;
    };
    const working = gate();
    const left = gate();
    product.work = async (run) => {
      working.resolve();
      run.signal.addEventListener("abort", () => left.resolve());
      await left.promise;
      return { body: "nobody is there" };
    };
    const early = post();
    await working.promise;
    early.destroy();
    const cancelled = await product.last();
    assert.deepEqual([cancelled.outcome, cancelled.charged], ["cancelled", "0"]);
    const goes = gate();
    async function* endless(): AsyncIterable<string> {
      yield "a";
      await goes.promise;
      for (;;) {
        yield "more";
        await new Promise(setImmediate);
      }
    }
    product.work = () => ({ pieces: endless() });
    const late = post();
    const [arrives] = (await once(late, "response")) as [AsyncIterable<Buffer>];
    for await (const piece of arrives) if (piece.length > 0) break;
    late.destroy();
    goes.resolve();
    const abandoned = await product.last();
    assert.deepEqual([abandoned.outcome, abandoned.charged], ["abandoned", "5"]);
  });

  test(`${name}: who leaves what found nothing pays for nothing`, async (t) => {
    const product = await Product.of(t, framework);
    async function* endless(): AsyncIterable<string> {
      for (;;) {
        yield "still looking";
        await new Promise(setImmediate);
      }
    }
    product.work = () => ({ says: (run) => run.empty(), pieces: endless() });
    const headers = { "x-user": "ana", "x-draft": "d" };
    const call = ask(`${product.url}/tailor`, { method: "POST", headers });
    call.on("error", () => undefined).end();
    const [arrives] = (await once(call, "response")) as [AsyncIterable<Buffer>];
    for await (const piece of arrives) if (piece.length > 0) break;
    call.destroy();
    const { outcome, charged } = await product.last();
    assert.deepEqual([outcome, charged], ["empty", "0"]);
  });

  test(`${name}: an answer that breaks off on our side is free`, async (t) => {
    const product = await Product.of(t, framework);
    const broken = product.asks(() => ({ pieces: pieces("a ", null) }));
    await assert.rejects(broken.then((answer) => answer.text()));
    const { outcome, reason, charged } = await product.last();
    assert.deepEqual([outcome, reason, charged], ["failed", "truncated", "0"]);
  });

  test(`${name}: where Probity is away it is refused, or goes on uncharged`, async (t) => {
    const refuses = await Product.of(t, framework, { retries: 0 });
    await refuses.service.stop();
    const refused = await refuses.asks(() => assert.fail());
    assert.equal(refused.status, 503);
    assert.equal(((await refused.json()) as { code: string }).code, "billing_unavailable");
    const troubles: unknown[] = [];
    const onTrouble = (error: unknown) => void troubles.push(error);
    const goesOn = { retries: 0, whenAway: "go_on", onTrouble } as const;
    const product = await Product.of(t, framework, goesOn);
    await product.service.stop();
    const answer = await product.asks((run) => ({ body: String(run.undecided) }));
    assert.deepEqual([await answer.text(), answer.headers.has("probity-run")], ["true", false]);
    assert.equal(troubles.length, 1);
    // What ends while it is away is an answer all the same, and no secret.
    await product.service.start();
    const late = await product.asks(async () => {
      await product.service.stop();
      return { body: "a letter" };
    });
    assert.equal(await late.text(), "a letter");
    assert.equal(troubles.length, 2);
  });

  test(`${name}: a browser gets its token, and nobody else does`, async (t) => {
    const product = await Product.of(t, framework);
    const token = (headers: Record<string, string>) =>
      fetch(`${product.url}/token`, { method: "POST", headers });
    const given = await token({ "x-user": "ana" });
    assert.equal(given.headers.get("cache-control"), "no-store");
    const said = (await given.json()) as { token: string; expires_at: string };
    assert.deepEqual(Object.keys(said), ["token", "expires_at"]);
    assert.match(said.token, /^ct_/);
    assert.equal((await token({})).status, 401);
  });

  test(`${name}: who leaves a page of ours that says sorry pays nothing`, async (t) => {
    const product = await Product.of(t, framework);
    async function* endless(): AsyncIterable<string> {
      for (;;) {
        yield "sorry";
        await new Promise(setImmediate);
      }
    }
    product.work = () => ({ status: 500, pieces: endless() });
    const headers = { "x-user": "ana", "x-draft": "d" };
    const call = ask(`${product.url}/tailor`, { method: "POST", headers });
    call.on("error", () => undefined).end();
    const [arrives] = (await once(call, "response")) as [AsyncIterable<Buffer>];
    for await (const piece of arrives) if (piece.length > 0) break;
    call.destroy();
    const { outcome, reason, charged } = await product.last();
    assert.deepEqual([outcome, reason, charged], ["failed", "status_500", "0"]);
  });

  test(`${name}: work that throws is free, whatever it said before`, async (t) => {
    const product = await Product.of(t, framework);
    for (const throws of [new Error("secret"), "no error at all"]) {
      const says = (run: Run) => run.ends("delivered");
      const answer = await product.asks(() => ({ says, throws }));
      assert.equal(answer.status, 500);
      assert.equal(answer.headers.get("probity-outcome"), null);
      const { outcome, charged } = await product.last();
      assert.deepEqual([outcome, charged], ["failed", "0"]);
    }
  });

  test(`${name}: a wrong key of ours is not the customer's to read`, async (t) => {
    const troubles: ProbityError[] = [];
    const onTrouble = (error: ProbityError) => void troubles.push(error);
    const product = await Product.of(t, framework, { key: "sk_live_nobody", onTrouble });
    const headers = { "x-user": "ana" };
    const token = fetch(`${product.url}/token`, { method: "POST", headers });
    for (const answer of [await product.asks(() => assert.fail()), await token]) {
      assert.equal(answer.status, 503);
      const problem = (await answer.json()) as { code: string; detail: string };
      assert.equal(problem.code, "billing_unavailable");
      assert.doesNotMatch(problem.detail, /key/i);
    }
    assert.deepEqual(
      troubles.map(({ code }) => code),
      ["unauthenticated", "unauthenticated"],
    );
  });
}
