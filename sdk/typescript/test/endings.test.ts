// Ends that do not go as planned, in every framework: nobody pays for an error, no run is left to
// itself, and nothing that goes wrong beside it takes the answer, or the process, with it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type TestContext } from "node:test";
import express from "express";
import { ProbityError, type Run } from "@probity/sdk";
import { charge, runOf } from "@probity/sdk/express";
import { EXPRESS, FRAMEWORKS, gate, HONO, NEXT, Product } from "./frameworks.js";

for (const framework of FRAMEWORKS) {
  const { name } = framework;

  test(`${name}: an error is no result, whatever was said of one before`, async (t) => {
    const product = await Product.of(t, framework);
    const ends = async (status: number, says: (run: Run) => void) => {
      const answer = await product.asks(() => ({ status, says }));
      await answer.text();
      assert.equal(answer.status, status);
      const { outcome, charged } = await product.last();
      const told = answer.headers.get("probity-outcome");
      return [outcome, charged, told];
    };
    const delivers = (run: Run) => run.ends("delivered");
    assert.deepEqual(await ends(422, delivers), ["bad_input", "0", null]);
    assert.deepEqual(await ends(500, delivers), ["failed", "0", null]);
    // That nothing was found is often told by a status.
    assert.deepEqual(await ends(404, (run) => run.empty()), ["empty", "0", "empty"]);
    assert.deepEqual(await ends(500, (run) => run.empty()), ["failed", "0", null]);
    assert.deepEqual(await ends(422, (run) => run.blocked()), ["blocked", "0", "blocked"]);
  });

  test(`${name}: who does not wait for the answer to 202 calls nothing off`, async (t) => {
    const product = await Product.of(t, framework);
    const noticed = gate();
    let id = "";
    async function* endless(): AsyncIterable<string> {
      for (;;) {
        yield "taken on";
        await new Promise(setImmediate);
      }
    }
    product.work = (run) => {
      id = run.id;
      run.signal.addEventListener("abort", noticed.resolve);
      return { status: 202, pieces: endless() };
    };
    const headers = { "x-user": "ana", "x-draft": "d" };
    const call = ask(`${product.url}/tailor`, { method: "POST", headers });
    call.on("error", () => undefined).end();
    const [arrives] = (await once(call, "response")) as [AsyncIterable<Buffer>];
    for await (const piece of arrives) if (piece.length > 0) break;
    call.destroy();
    await noticed.promise;
    for (let n = 0; n < 5; n += 1)
      assert.equal((await product.probity.wallet("ana")).held, "5", "called off");
    const { receipt } = await product.probity.continue(id, () => "done");
    assert.deepEqual([receipt.outcome, receipt.charged], ["delivered", "5"]);
  });

  test(`${name}: whoever is told of trouble may fail, and the answer arrives`, async (t) => {
    const onTrouble = () => {
      throw new Error("the log is full");
    };
    const warned = once(process, "warning");
    const product = await Product.of(t, framework, { retries: 0, onTrouble });
    const answer = await product.asks(async () => {
      await product.service.stop();
      return { body: "a letter" };
    });
    assert.equal(await answer.text(), "a letter");
    const [warning] = (await warned) as [Error];
    assert.match(String(warning.cause ?? warning.message), /could not be told/);
  });
}

for (const framework of [HONO, NEXT]) {
  test(`${framework.name}: an answer that cannot be handed on has failed`, async (t) => {
    const product = await Product.of(t, framework);
    const locked = () => {
      const answer = new Response("a letter");
      answer.body?.getReader();
      return { answer };
    };
    assert.equal((await product.asks(locked)).status, 500);
    const { outcome, charged } = await product.last();
    assert.deepEqual([outcome, charged], ["failed", "0"]);
  });
}

/** An application with one route `/`, until the test ends. */
async function served(t: TestContext, app: express.Express): Promise<string> {
  const server = createServer(app).listen(0, "127.0.0.1");
  t.after(() => void server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("Express: a head that cannot be written has failed, and is answered", async (t) => {
  const product = await Product.of(t, EXPRESS);
  const { probity } = product;
  const app = express().set("env", "test");
  const asked = { probity, customer: () => "ana", artifact: () => "d" };
  app.post("/", charge("tailor_document", asked), (req, res) => {
    runOf(req).ends("delivered");
    res.statusCode = 99;
    res.end("a letter");
  });
  const onError: express.ErrorRequestHandler = (_error, _req, res, _next) => {
    res.status(500).send("sorry");
  };
  app.use(onError);
  const answer = await fetch(await served(t, app), { method: "POST" });
  assert.deepEqual([answer.status, await answer.text()], [500, "sorry"]);
  assert.equal(answer.headers.get("probity-outcome"), null);
  assert.ok(answer.headers.get("probity-run"));
  const { outcome, charged } = await product.last();
  assert.deepEqual([outcome, charged], ["failed", "0"]);
});

test("Express: what was answered before is refused without a word", async (t) => {
  const product = await Product.of(t, EXPRESS);
  const { probity } = product;
  const app = express().set("env", "test");
  app.use((_req, res, next) => {
    res.status(504).send("too late");
    next();
  });
  const asked = { probity, customer: () => "nobody" };
  app.post("/", charge("tailor_document", asked), (req) => assert.fail(String(runOf(req))));
  const errors: unknown[] = [];
  const heard = gate();
  const onError: express.ErrorRequestHandler = (error, _req, _res, _next) => {
    errors.push(error);
    heard.resolve();
  };
  app.use(onError);
  const answer = await fetch(await served(t, app), { method: "POST" });
  assert.equal(await answer.text(), "too late");
  await heard.promise;
  assert.ok(errors[0] instanceof ProbityError && errors[0].code === "not_found");
});
