// What breaks between a product and the service: nothing is charged twice, nothing is swallowed.

import assert from "node:assert/strict";
import test from "node:test";
import {
  ProbityDenied,
  ProbityError,
  ProbityUnavailable,
  ProbityUntold,
  type Run,
} from "@probity/sdk";
import { Proxy, type Fate, type Seen } from "./proxy.js";
import { Service } from "./serving.js";

/** Does this once to calls of a path, and lets everything else pass. */
function once(path: RegExp, ...fates: Fate[]): (call: Seen) => Fate {
  return (call) => (path.test(call.path) ? (fates.shift() ?? "pass") : "pass");
}

const ASKED = { customer: "ana", artifact: "draft_9" };

test("a write whose answer was lost is asked again with its key, and charges once", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  for (const [n, path] of [/\/v1\/runs$/, /\/settle$/].entries()) {
    for (const fate of ["drop", "cut"] as const) {
      proxy.fate = once(path, fate, fate);
      const probity = service.client({ url: proxy.url });
      const asked = { customer: "ana", artifact: `${n}${fate}` };
      const { receipt } = await probity.run("tailor_document", asked, () => 1);
      assert.deepEqual([receipt.outcome, receipt.charged], ["delivered", "5"]);
    }
  }
  const keys = proxy.seen.map(({ path, key }) => `${path} ${key}`);
  assert.equal(keys.length, 8 + 2 * 4 + 1, "each of four calls was asked three times");
  assert.equal(new Set(keys.filter((key) => !key.endsWith("undefined"))).size, 8);
  const wallet = await service.client().wallet("ana");
  assert.deepEqual([wallet.available, wallet.held], ["100", "0"]);
});

test("a service that has too much to do, or answers otherwise, is asked again", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const again = { "retry-after": "0" };
  proxy.fate = once(
    /runs$/,
    { status: 503 },
    { status: 429, headers: again },
    { status: 502 },
    { status: 408 },
  );
  const probity = service.client({ url: proxy.url });
  assert.equal((await probity.run("tailor_document", ASKED, () => 1)).receipt.charged, "5");
  assert.equal(proxy.count("POST", /runs$/), 5);
  // Where asking again is pointless it is not done.
  proxy.fate = once(/wallet$/, { status: 503, headers: { "x-should-retry": "false" } });
  const before = proxy.seen.length;
  await assert.rejects(probity.wallet("ana"), ProbityUnavailable);
  assert.equal(proxy.seen.length, before + 1);
  // Nor where it would take too long.
  proxy.fate = once(/wallet$/, { status: 503, headers: { "retry-after": "3600" } });
  const error = await probity.wallet("ana").catch((e: unknown) => e);
  assert.ok(error instanceof ProbityUnavailable && error.retryAfter === 3600);
  // A refusal is an answer.
  const denied = { customer: "ana", artifact: "y", model: "claude-opus-4-1" };
  const asked = proxy.seen.length;
  await assert.rejects(
    probity.run("tailor_document", denied, () => 1),
    ProbityDenied,
  );
  assert.equal(proxy.seen.length, asked + 1);
});

test("what came of a call that was never answered is unknown, and found out with its key", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = () => "drop";
  const probity = service.client({ url: proxy.url, retries: 2 });
  const error = await probity.start("tailor_document", ASKED).catch((e: unknown) => e);
  assert.ok(error instanceof ProbityUnavailable && error.applied === "unknown" && error.key);
  assert.equal(proxy.seen.length, 3);
  const { key } = error;
  const params = { path: { key }, query: { customer: "ana" } };
  const came = await service.client().api.GET("/v1/idempotency/{key}", { params });
  assert.equal(came.data?.state, "applied");
  proxy.fate = () => "pass";
  const run = await probity.start("tailor_document", { ...ASKED, key });
  assert.equal((await run.settle())?.charged, "5");
  proxy.fate = () => "drop";
  // A reading is never in doubt.
  const read = await probity.wallet("ana").catch((e: unknown) => e);
  assert.ok(read instanceof ProbityUnavailable && read.applied === false);
});

test("what an answer leaves open stays open, whatever is answered after it", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const problem = (code: string, applied: false | "unknown") => ({ code, applied, detail: code });
  const busy = { status: 503, problem: problem("overloaded", false) };
  const open = { status: 503, problem: problem("billing_unavailable", "unknown") };
  const refused = { status: 401, problem: problem("unauthenticated", false) };
  const unfit = { status: 422, problem: problem("invalid_request", false) };
  /** Each try's answer; "away": nobody listens from there on. */
  const cases: [(Fate | "away")[], false | "unknown"][] = [
    [[{ status: 502 }, "away"], "unknown"],
    [[open, "away"], "unknown"],
    [[open, busy], "unknown"],
    [["drop", busy], "unknown"],
    [["drop", refused], "unknown"],
    [[open, refused], "unknown"],
    // The key was looked up: nothing had come of it.
    [["cut", unfit], false],
    [[busy, "away"], false],
    [[busy, busy], false],
    [[refused], false],
  ];
  for (const [tries, applied] of cases) {
    const fates = [...tries];
    const proxy = await Proxy.before(t, () => service.url);
    proxy.fate = () => fates.shift() as Fate;
    proxy.told = () => fates[0] === "away" && proxy.close();
    const probity = service.client({ url: proxy.url, retries: 1 });
    const error = await probity.settle("run_1", { outcome: "delivered" }).catch((e: unknown) => e);
    const said = JSON.stringify(tries);
    assert.ok(error instanceof ProbityError, said);
    assert.equal(error.applied, applied, said);
    if (applied === "unknown") assert.doesNotMatch(error.message, /Nothing was applied/, said);
  }
});

test("a denial after a try that was lost is a denial", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = once(/runs$/, "cut", { status: 502 });
  const probity = service.client({ url: proxy.url });
  const asked = { customer: "ana", artifact: "y", model: "claude-opus-4-1" };
  const denied = await probity.start("tailor_document", asked).catch((e: unknown) => e);
  assert.ok(denied instanceof ProbityDenied && denied.applied === false);
  assert.doesNotMatch(denied.message, /may have been applied/);
});

test("an end that cannot be told is kept by its error, and told later", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = ({ path }) => (path.endsWith("/settle") ? "cut" : "pass");
  const troubles: ProbityError[] = [];
  const onTrouble = (error: ProbityError) => void troubles.push(error);
  const probity = service.client({ url: proxy.url, retries: 1, onTrouble });
  const untold = await probity.run("tailor_document", ASKED, () => "a letter").catch((e) => e);
  assert.ok(untold instanceof ProbityUntold && untold.run && untold.key, String(untold));
  assert.deepEqual([untold.value, untold.report.outcome], ["a letter", "delivered"]);
  const { run, report, key } = untold;
  assert.equal((await service.client().settle(run, report, { key })).charged, "5");
  // The work's own error goes first; that it could not be told is trouble.
  const failure = new Error("down");
  const asked = { customer: "ana", artifact: "d2" };
  const failed = probity.run("tailor_document", asked, () => Promise.reject(failure));
  await assert.rejects(failed, (error) => error === failure);
  assert.ok(troubles[0] instanceof ProbityUntold && troubles[0].failure === failure);
  // Who goes on without Probity has what was done, and is told.
  const goes = { customer: "ana", artifact: "d3", whenAway: "go_on" as const };
  const done = await probity.run("tailor_document", goes, () => "a letter");
  assert.deepEqual([done.value, done.receipt], ["a letter", null]);
  assert.ok(troubles[1] instanceof ProbityUntold && troubles[1].value === "a letter");
});

test("where Probity is away work is refused, or goes on uncharged and says so", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  await service.stop();
  const refuses = service.client({ retries: 1 });
  const error = await refuses.run("tailor_document", ASKED, () => assert.fail()).catch((e) => e);
  assert.ok(error instanceof ProbityUnavailable && error.applied === false);
  assert.equal(error.toResponse().status, 503);
  const troubles: ProbityError[] = [];
  const onTrouble = (error: ProbityError) => void troubles.push(error);
  const goesOn = service.client({ retries: 1, whenAway: "go_on", onTrouble });
  const { value, receipt } = await goesOn.run("tailor_document", ASKED, (run) => {
    run.attempt({ usage: { prompt_tokens: 1, completion_tokens: 1 } });
    return run.undecided;
  });
  assert.deepEqual([value, receipt], [true, null]);
  assert.equal(troubles.length, 1);
  assert.ok(troubles[0] instanceof ProbityUnavailable);
  const run = await goesOn.start("tailor_document", ASKED);
  assert.equal((await goesOn.continue(run.id, () => 7)).value, 7);
});

test("a service that starts again in the middle of work is told its end", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const patient = service.client({ retries: 1_000, backoff: () => 20 });
  const { receipt } = await patient.run("tailor_document", ASKED, async () => {
    await service.stop();
    setImmediate(() => void service.start());
    return "a letter";
  });
  assert.deepEqual([receipt.outcome, receipt.charged], ["delivered", "5"]);
  assert.equal((await probity.wallet("ana")).available, "115");
});

test("work that lasts gets more time by itself, until it ends", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const extended = (times: number) =>
    new Promise<void>((done) => {
      proxy.told = ({ path }) => {
        if (path.endsWith("/extend") && (times -= 1) === 0) done();
      };
    });
  const probity = service.client({ url: proxy.url });
  const asked = { customer: "ana", artifact: "d", holdFor: "1 second" as const };
  const { receipt } = await probity.run("tailor_document", asked, () => extended(3));
  assert.deepEqual([receipt.late, receipt.charged], [false, "5"]);
  const told = proxy.count("POST", /extend$/);
  // A job has it at once.
  const { id } = await probity.start("enrich_market_map", { customer: "ana", artifact: "m" });
  await probity.continue(id, () => extended(1));
  assert.equal(proxy.count("POST", /extend$/), told + 1);
});

test("a batch is asked again only if each of its items has a key", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const probity = service.client({ url: proxy.url });
  const body = { customer: "ana", action: "tailor_document", artifact: "b", outcome: "delivered" };
  const item = { do: "run" as const, body };
  proxy.fate = once(/batch$/, "drop");
  const lost = probity.api.POST("/v1/batch", { body: { items: [item] } });
  await assert.rejects(lost, (e) => e instanceof ProbityUnavailable && e.applied === "unknown");
  proxy.fate = once(/batch$/, "drop");
  const keyed = await probity.api.POST("/v1/batch", { body: { items: [{ ...item, key: "k1" }] } });
  assert.equal(keyed.data?.items[0]?.status, 201);
  assert.equal((await probity.wallet("ana")).available, "115");
});

test("more time that cannot be asked for is asked for again while there is some", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = once(/extend$/, "cut");
  const extended = new Promise<void>((done) => {
    proxy.told = ({ path }) => {
      if (path.endsWith("/extend")) done();
    };
  });
  const probity = service.client({ url: proxy.url, retries: 0 });
  const asked = { customer: "ana", artifact: "d", holdFor: "4 seconds" as const };
  const { receipt } = await probity.run("tailor_document", asked, () => extended);
  assert.deepEqual([receipt.late, receipt.charged], [false, "5"]);
  assert.equal(proxy.count("POST", /extend$/), 2);
});

test("what was done is handed over whatever comes of telling its end", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = once(/settle$/, { status: 409 });
  const probity = service.client({ url: proxy.url, retries: 0 });
  const unfit = (run: Run) => {
    run.partial(9);
    return "a map";
  };
  const asked = { customer: "ana", artifact: "m" };
  const error = await service.client().run("enrich_market_map", asked, unfit).catch((e) => e);
  assert.ok(error instanceof ProbityError && error.code === "invalid_request", String(error));
  assert.equal(error.value, "a map");
  const odd = await probity.run("tailor_document", ASKED, () => "a letter").catch((e) => e);
  assert.ok(odd instanceof ProbityError && odd.value === "a letter", String(odd));
});

test("a date after which to ask again is by the clock of who says it", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const theirs = new Date(Date.now() + 3_600_000).toUTCString();
  proxy.fate = once(/wallet$/, { status: 503, headers: { date: theirs, "retry-after": theirs } });
  const probity = service.client({ url: proxy.url });
  assert.equal((await probity.wallet("ana")).available, "120");
});

test("an answer that is not read is let go before it is asked again", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  const closed = new Promise<void>((done) => (proxy.closed = done));
  proxy.fate = once(/wallet$/, "stall");
  const probity = service.client({ url: proxy.url });
  assert.equal((await probity.wallet("ana")).available, "120");
  await closed;
});

test("what asks for more time ends with the work", async (t) => {
  const service = await Service.of(t);
  await service.with("ana");
  const proxy = await Proxy.before(t, () => service.url);
  proxy.fate = once(/extend$/, "cut");
  let cut: () => void = () => undefined;
  const isCut = new Promise<void>((done) => (cut = done));
  const backoff = () => {
    setImmediate(cut);
    return 600_000;
  };
  const probity = service.client({ url: proxy.url, backoff });
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const asked = { customer: "ana", artifact: "d", holdFor: "1 second" as const };
  const before = timers();
  let during = 0;
  const { receipt } = await probity.run("tailor_document", asked, async () => {
    await isCut;
    during = timers();
  });
  assert.equal(receipt.charged, "5");
  await new Promise(setImmediate);
  assert.ok(during > before, "it waited to ask again");
  assert.equal(timers(), before, "and waits no more");
});
