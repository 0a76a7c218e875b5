// Calls with the same key at the same time: one does the work, and no other ends its run.

import assert from "node:assert/strict";
import test from "node:test";
import { ProbityError, ProbityRunning, ProbityUnavailable, type Probity, type Run } from "@probity/sdk";
import { Proxy } from "./proxy.js";
import { Service } from "./serving.js";

const ASKED = { customer: "ana", artifact: "d", key: "job-7" };
const PAGES = { customer: "ana", quantity: 10, key: "pages-1" };

/** Something that is waited for, and when it is. */
class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((done) => (this.open = done));
}

/** Work that has begun and goes on until it is let go. */
class Held {
  readonly #begins = new Gate();
  readonly #goes = new Gate();
  readonly begun = this.#begins.opened;
  readonly go = this.#goes.open;
  times = 0;
  readonly work = async (_run: Run): Promise<string> => {
    this.times += 1;
    this.#begins.open();
    await this.#goes.opened;
    return "a letter";
  };
}

/** A client, and whoever waits until so many calls have found their run there already. */
async function watched(service: Service): Promise<[Probity, (times: number) => Promise<void>]> {
  await service.with("ana");
  let found = 0;
  let [most, gate] = [Infinity, new Gate()];
  const probity = service.client({
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const { status, headers } = answer;
      const whole = new Response(await answer.text(), { status, headers });
      const isReceipt = init?.method === "GET" && String(input).includes("/v1/runs/");
      if (isReceipt && (found += 1) >= most) gate.open();
      return whole;
    },
  });
  const joined = (times: number) => {
    [most, gate] = [found + times, new Gate()];
    return gate.opened;
  };
  return [probity, joined];
}

test("two calls with one key in one process are one piece of work", async (t) => {
  const service = await Service.of(t);
  const [probity, joined] = await watched(service);
  const join = joined(2);
  const held = new Held();
  const first = probity.run("tailor_document", ASKED, held.work);
  const atOnce = probity.run("tailor_document", ASKED, () => assert.fail("done twice"));
  await held.begun;
  const later = probity.run("tailor_document", ASKED, () => assert.fail("done twice"));
  await join;
  held.go();
  const [one, two, three] = await Promise.all([first, atOnce, later]);
  assert.deepEqual([one.value, two.value, three.value], ["a letter", "a letter", "a letter"]);
  assert.deepEqual(two.receipt, one.receipt);
  assert.deepEqual([three.receipt.run, three.receipt.charged], [one.receipt.run, "5"]);
  assert.equal(held.times, 1);
  assert.equal((await probity.wallet("ana")).available, "115");
  // Another request with that key is refused as ever.
  const other = probity.run("tailor_document", { ...ASKED, artifact: "e" }, () => 1);
  await assert.rejects(other, { code: "idempotency_key_reused" });
});

test("who joins and leaves ends nothing, and who stays is served", async (t) => {
  const service = await Service.of(t);
  const [probity, joined] = await watched(service);
  const held = new Held();
  const first = probity.run("tailor_document", ASKED, held.work);
  await held.begun;
  const leaving = new AbortController();
  const joins = { ...ASKED, signal: leaving.signal };
  const join = joined(1);
  const second = probity.run("tailor_document", joins, () => assert.fail("done twice"));
  await join;
  leaving.abort(new Error("gone"));
  await assert.rejects(second, /gone/);
  held.go();
  assert.equal((await first).receipt.charged, "5");
  // The first leaves: whoever still waits has it done for them.
  const gone = new AbortController();
  const asked = { customer: "ana", artifact: "e", key: "job-8" };
  const waits = new Gate();
  const leaves = probity.run("tailor_document", { ...asked, signal: gone.signal }, async (run) => {
    waits.open();
    await new Promise((_, left) => run.signal.addEventListener("abort", left));
  });
  await waits.opened;
  const stay = joined(1);
  const stays = probity.run("tailor_document", asked, () => "for me");
  await stay;
  gone.abort();
  await assert.rejects(leaves);
  const done = await stays;
  assert.deepEqual([done.value, done.receipt.charged], ["for me", "5"]);
  assert.equal((await probity.wallet("ana")).held, "0");
});

test("who joins work that fails has its error", async (t) => {
  const service = await Service.of(t);
  const [probity, joined] = await watched(service);
  const failure = new Error("down");
  const begun = new Gate();
  const goes = new Gate();
  const first = probity.run("tailor_document", ASKED, async () => {
    begun.open();
    await goes.opened;
    throw failure;
  });
  await begun.opened;
  const join = joined(1);
  const second = probity.run("tailor_document", ASKED, () => assert.fail("done twice"));
  await join;
  goes.open();
  for (const call of [first, second]) await assert.rejects(call, (error) => error === failure);
  assert.equal((await probity.wallet("ana")).available, "120");
});

test("a run that is worked on elsewhere is neither done again nor ended", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const elsewhere = service.client();
  const held = new Held();
  const first = probity.run("tailor_document", ASKED, held.work);
  await held.begun;
  const again = elsewhere.run("tailor_document", ASKED, () => assert.fail("done twice"));
  const error = await again.catch((e: unknown) => e);
  assert.ok(error instanceof ProbityRunning, String(error));
  assert.deepEqual([error.code, error.status], ["idempotency_in_progress", 409]);
  assert.equal(error.key, "job-7");
  assert.match(error.message, /continue/);
  assert.doesNotMatch(error.problem.detail, /continue/);
  assert.equal(error.headers()["retry-after"], "1");
  const left = { ...ASKED, signal: new AbortController().signal };
  await assert.rejects(elsewhere.start("tailor_document", left), ProbityRunning);
  assert.equal((await probity.receipt(error.run)).status, "held");
  held.go();
  const { receipt } = await first;
  assert.deepEqual([receipt.run, receipt.charged], [error.run, "5"]);
  const kept = await elsewhere.run("tailor_document", { ...ASKED, reopen: () => "kept" }, () => "");
  assert.equal(kept.value, "kept");
});

test("who knows that nobody works on it any more goes on with it", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  await service.client().start("tailor_document", ASKED);
  const error = await probity.start("tailor_document", ASKED).catch((e: unknown) => e);
  assert.ok(error instanceof ProbityRunning);
  const { value, receipt } = await probity.continue(error.run, () => "after all");
  assert.deepEqual([value, receipt.charged], ["after all", "5"]);
});

test("in shadow nothing is stopped, and the second tells no end", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const elsewhere = service.client();
  const held = new Held();
  const first = probity.run("process_documents", PAGES, held.work);
  await held.begun;
  const failure = new Error("down");
  const second = elsewhere.run("process_documents", PAGES, (run) => {
    assert.equal(run.repeats, "running");
    run.attempt({ services: { email_lookup: 1 } });
    throw failure;
  });
  await assert.rejects(second, (error) => error === failure);
  const released = await elsewhere.start("process_documents", PAGES);
  assert.equal((await released.release())?.status, "held");
  held.go();
  const { receipt } = await first;
  assert.deepEqual([receipt.outcome, receipt.mode], ["delivered", "shadow"]);
});

test("what was lost on the way is our own, and nobody else's", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  // It was applied, and nobody was told: the same client finds it, and does the work.
  const shaky = service.client({ url: proxy.url, retries: 1 });
  proxy.fate = ({ path }) => (path.endsWith("/runs") ? "drop" : "pass");
  const lost = await shaky.run("tailor_document", ASKED, () => "").catch((e: unknown) => e);
  assert.ok(lost instanceof ProbityUnavailable && lost.applied === "unknown");
  proxy.fate = () => "pass";
  const found = await shaky.run("tailor_document", ASKED, () => "found");
  assert.deepEqual([found.value, found.receipt.charged], ["found", "5"]);
  // A try that was refused applied nothing: what is there is somebody else's.
  const asked = { customer: "ana", artifact: "e", key: "job-8" };
  const other = await probity.start("tailor_document", asked);
  let tries = 0;
  proxy.fate = ({ path }) => (path.endsWith("/runs") && (tries += 1) === 1 ? BUSY : "pass");
  const error = await shaky.start("tailor_document", asked).catch((e: unknown) => e);
  assert.ok(error instanceof ProbityRunning && error.run === other.id, String(error));
  assert.equal(tries, 2);
});

const BUSY = { status: 429, headers: { "retry-after": "0" } };

test("an answer of something in between leaves it open whether it was applied", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const probity = service.client({ url: proxy.url, retries: 1 });
  let tries = 0;
  proxy.fate = () => ((tries += 1) === 1 ? { status: 502 } : { status: 429 });
  const error = await probity.start("tailor_document", ASKED).catch((e: unknown) => e);
  assert.ok(error instanceof ProbityError && error.applied === "unknown", String(error));
});
