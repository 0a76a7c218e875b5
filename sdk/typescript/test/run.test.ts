// Runs against the real service: every ending, refusals, what is owned, keys, jobs.

import assert from "node:assert/strict";
import test from "node:test";
import {
  DENIALS,
  ProbityDenied,
  ProbityError,
  ProbityUnavailable,
  receiptOf,
  type DenialCode,
  type Run,
} from "@probity/sdk";
import { Service } from "./serving.js";

test("delivered work is charged, and its receipt says so", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const asked = { customer: "ana", artifact: "draft_9" };
  const { value, receipt } = await probity.run("tailor_document", asked, async (run) => {
    assert.equal(run.started?.price, "5");
    assert.match(run.started?.words ?? "", /set aside/);
    run.attempt({
      object: "chat.completion",
      model: "gpt-4.1",
      usage: { prompt_tokens: 1000, completion_tokens: 200 },
    });
    return "a letter";
  });
  assert.equal(value, "a letter");
  assert.equal(receipt.outcome, "delivered");
  assert.equal(receipt.charged, "5");
  assert.equal(receipt.wallet.available, "115");
  const [attempt] = receipt.attempts as unknown as { model: string; usage: { input: number } }[];
  assert.equal(attempt?.model, "gpt-4.1");
  assert.equal(attempt?.usage.input, 1000);
  assert.equal(receipt.cost, "0.0036");
});

test("every other ending is told as the work says it", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const ends = async (action: string, says: (run: Run) => void, more = {}) => {
    const asked = { customer: "ana", artifact: `x${Math.random()}`, ...more };
    return (await probity.run(action, asked, says)).receipt;
  };
  const partial = await ends("enrich_market_map", (run) => run.partial(5));
  assert.deepEqual([partial.outcome, partial.charged, partial.parts], ["partial", "6", 5]);
  const empty = await ends("tailor_document", (run) => run.empty());
  assert.deepEqual([empty.outcome, empty.charged], ["empty", "0"]);
  const bad = await ends("tailor_document", (run) => run.badInput("the file is a picture"));
  assert.deepEqual([bad.outcome, bad.reason], ["bad_input", "the file is a picture"]);
  assert.match(bad.words, /the file is a picture/);
  const blocked = await ends("tailor_document", (run) => run.blocked());
  assert.equal(blocked.outcome, "blocked");
  const failed = await ends("tailor_document", (run) => run.failed());
  assert.equal(failed.outcome, "failed");
  const pages = await ends("process_documents", (run) => run.quantity(3), { quantity: 10 });
  assert.deepEqual([pages.outcome, pages.quantity, pages.mode], ["delivered", 3, "shadow"]);
  assert.equal((await probity.wallet("ana")).available, "114");
});

test("an error of the work is free, thrown on, and leads to its receipt", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const asked = { customer: "ana", artifact: "draft_9" };
  const failure = Object.assign(new Error("secret details"), { status: 500 });
  const run = probity.run("tailor_document", asked, () => Promise.reject(failure));
  await assert.rejects(run, (error) => error === failure);
  const receipt = receiptOf(failure);
  assert.deepEqual([receipt?.outcome, receipt?.charged], ["failed", "0"]);
  assert.equal(receipt?.reason, "status_500");
  assert.equal((await probity.wallet("ana")).held, "0");
  // What was said before holds, where it is free.
  const said = new Error("400");
  await assert.rejects(
    probity.run("tailor_document", asked, (run) => {
      run.badInput("not a CV");
      throw said;
    }),
  );
  assert.equal(receiptOf(said)?.outcome, "bad_input");
});

test("who leaves before anything arrived pays nothing, and after it what the contract says", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const leaves = async (begins: boolean, reason?: Error) => {
    const leaving = new AbortController();
    const asked = { customer: "ana", artifact: `d${begins}${reason}`, signal: leaving.signal };
    const run = probity.run("tailor_document", asked, async (run) => {
      if (begins) run.begun();
      leaving.abort(reason);
      run.signal.throwIfAborted();
    });
    return receiptOf(await run.catch((error: unknown) => error));
  };
  const cancelled = await leaves(false);
  assert.deepEqual([cancelled?.outcome, cancelled?.charged], ["cancelled", "0"]);
  const abandoned = await leaves(true);
  assert.deepEqual([abandoned?.outcome, abandoned?.charged], ["abandoned", "5"]);
  const late = await leaves(true, new DOMException("", "TimeoutError"));
  assert.deepEqual([late?.outcome, late?.reason], ["failed", "timeout"]);
  // Who has left before it is asked for has nothing begun.
  const gone = { customer: "ana", signal: AbortSignal.abort() };
  await assert.rejects(probity.run("tailor_document", gone, () => assert.fail()));
});

test("what is owned is free, not done again, and told once", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const asked = { customer: "ana", artifact: "draft_9" };
  await probity.run("tailor_document", asked, () => "first");
  const kept = { ...asked, reopen: () => "kept" };
  const again = await probity.run("tailor_document", kept, () => assert.fail());
  assert.equal(again.value, "kept");
  assert.deepEqual([again.receipt.outcome, again.receipt.charged], ["reopened", "0"]);
  const worked = await probity.run("tailor_document", asked, (run) => run.reopened);
  assert.deepEqual([worked.value, worked.receipt.outcome], [true, "reopened"]);
  assert.equal((await probity.wallet("ana")).available, "115");
});

test("a refusal is an error with its numbers, words and ways forward", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana", "discovery");
  for (const n of [1, 2, 3, 4, 5]) {
    await probity.run("tailor_document", { customer: "ana", artifact: `d${n}` }, () => n);
  }
  const asked = { customer: "ana", artifact: "d6" };
  const denied = await probity.run("tailor_document", asked, () => assert.fail()).catch((e) => e);
  assert.ok(denied instanceof ProbityDenied);
  assert.equal(why(denied.code), "money");
  assert.deepEqual([denied.needs, denied.has, denied.missing], ["5", "0", "5"]);
  assert.deepEqual([denied.status, denied.applied, denied.retryHelps], [402, false, false]);
  assert.ok(denied.resetsAt !== null && denied.resetsAt > new Date());
  assert.match(denied.words, /Nothing was charged/);
  const [first] = denied.waysForward;
  assert.ok(first?.do === "wait" && first.until !== undefined);
  const answer = denied.toResponse();
  assert.equal(answer.status, 402);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(answer.headers.get("x-should-retry"), "false");
  assert.deepEqual(await answer.json(), denied.denial);
});

/** A switch over every code, which the compiler holds to be whole. */
function why(code: DenialCode): string {
  switch (code) {
    case "not_enough_credits":
    case "credits_in_flight":
    case "spend_cap_reached":
    case "price_above_max":
    case "renewal_due":
      return "money";
    case "not_in_plan":
    case "model_above_plan":
    case "own_key_missing":
    case "own_key_cap":
    case "allowance_used":
      return "plan";
    case "bad_input":
    case "confirmation_needed":
      return "ask";
    case "in_progress":
    case "item_paused":
    case "too_many_at_once":
    case "surge":
    case "our_budget_used":
    case "paused":
      return "wait";
    default:
      return code satisfies never;
  }
}

test("codes of refusals are the service's", async (t) => {
  const service = await Service.of(t);
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
    components: { schemas: { Problem: { properties: { code: { enum: string[] } } } } };
  };
  const codes = document.components.schemas.Problem.properties.code.enum;
  const first = codes.slice(0, codes.indexOf("invalid_json"));
  assert.deepEqual(first, [...DENIALS]);
});

test("other problems are typed, too", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const error = await probity.wallet("bob").catch((e: unknown) => e);
  assert.ok(error instanceof ProbityError && !(error instanceof ProbityDenied));
  assert.deepEqual([error.code, error.status, error.applied], ["not_found", 404, false]);
  const stranger = service.client({ key: "sk_live_nobody" });
  const unknown = await stranger.wallet("ana").catch((e: unknown) => e);
  assert.ok(unknown instanceof ProbityError && unknown.code === "unauthenticated");
  assert.throws(() => service.client({ key: "" }), /PROBITY_KEY/);
  // A report that does not fit its action is our mistake: nothing is charged, nothing stays held.
  const asked = { customer: "ana", artifact: "map_1" };
  const unfit = await probity
    .run("enrich_market_map", asked, (run) => run.partial(9))
    .catch((e: unknown) => e);
  assert.ok(unfit instanceof ProbityError && unfit.code === "invalid_request", String(unfit));
  assert.deepEqual([unfit.receipt?.outcome, unfit.receipt?.charged], ["failed", "0"]);
  assert.equal((await probity.wallet("ana")).held, "0");
});

test("the same key is the same run, and begins anew after one that was free", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const asked = { customer: "ana", artifact: "draft_9", key: "job-7" };
  const fails = probity.run("tailor_document", asked, () => Promise.reject(new Error("down")));
  await assert.rejects(fails);
  const done = await probity.run("tailor_document", asked, () => "done");
  assert.deepEqual([done.receipt.outcome, done.receipt.charged], ["delivered", "5"]);
  const again = await probity.run(
    "tailor_document",
    { ...asked, reopen: () => "kept" },
    () => "no",
  );
  assert.equal(again.value, "kept");
  assert.equal(again.receipt.run, done.receipt.run);
  assert.equal((await probity.wallet("ana")).available, "115");
});

test("a run is handed to a job by its id", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const { id } = await probity.start("enrich_market_map", { customer: "ana", artifact: "map_1" });
  assert.equal((await probity.wallet("ana")).held, "10");
  const job = service.client();
  const { receipt } = await job.continue(id, (run) => {
    assert.deepEqual([run.action, run.customer], ["enrich_market_map", "ana"]);
    run.partial(4);
  });
  assert.deepEqual([receipt.outcome, receipt.charged], ["partial", "5"]);
  // A job that is delivered twice does nothing twice.
  const twice = await job.continue(id, () => assert.fail(), { reopen: () => "kept" });
  assert.deepEqual([twice.value, twice.receipt.run], ["kept", receipt.run]);
  // One that was called off is not done at all.
  const run = await probity.start("tailor_document", { customer: "ana", artifact: "d" });
  assert.equal((await run.release())?.status, "released");
  const off = await job.continue(run.id, () => assert.fail()).catch((e: unknown) => e);
  assert.ok(off instanceof ProbityError && off.code === "already_settled");
  assert.equal(off.receipt?.status, "released");
});

test("usage that is known late is booked late", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const run = await probity.start("tailor_document", { customer: "ana", artifact: "d" });
  const receipt = await run.settle();
  assert.equal(receipt?.outcome, "delivered");
  assert.equal(await run.settle(), receipt);
  const booked = new Promise<void>((done) => {
    const fetching = globalThis.fetch;
    const late = service.client({
      fetch: async (...call) => {
        const answer = await fetching(...call);
        if (String(call[0]).endsWith("/attempts")) done();
        return answer;
      },
    });
    void late.continue(run.id, (run) => run.attempt({ services: { email_lookup: 2 } }));
  });
  await booked;
  const { attempts, cost } = await probity.receipt(run.id);
  assert.deepEqual([attempts?.length, cost], [1, "0.24"]);
});

test("prices, quotes, consent, tokens and top-ups", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const check = await probity.check("tailor_document", { customer: "ana", artifact: "d" });
  assert.deepEqual([check.allowed, check.price], [true, "5"]);
  const prices = await probity.prices("ana");
  assert.ok(prices.items.some((item) => item.action === "search_roles" && item.free));
  const inputs = { full_name: "X Y", company_domain: "x.org" };
  const asked = { customer: "ana", inputs };
  const harsh = await probity.run("find_contact_email", asked, () => 1).catch((e: unknown) => e);
  assert.ok(harsh instanceof ProbityDenied && harsh.code === "confirmation_needed");
  const quote = await probity.quote("find_contact_email", asked);
  assert.deepEqual([quote.price, quote.if["empty"], quote.needs_confirmation], ["3", "3", true]);
  // What the product knows the customer agreed to.
  const agreed = { ...asked, quote: quote.quote, confirmed: true };
  const { receipt } = await probity.run("find_contact_email", agreed, (run) => run.empty());
  assert.deepEqual([receipt.outcome, receipt.charged], ["empty", "3"]);
  // What the customer says themselves, by their own token.
  const second = await probity.quote("find_contact_email", {
    ...asked,
    inputs: { ...inputs, full_name: "Z" },
  });
  const { token } = await probity.token("ana", { lasts: "10 minutes" });
  assert.match(token, /^ct_/);
  const browser = service.client({ key: token });
  assert.equal((await browser.confirm(second.quote)).confirmed_by, "customer");
  const paid = { amount: "10.00", currency: "USD" };
  const top = { payment: "pi_1", credits: "100", paid };
  assert.equal((await probity.topUp("ana", top)).kind, "bought");
  await probity.topUp("ana", top);
  assert.equal((await probity.wallet("ana")).available, "217");
});

test("every route is there, typed and with a key", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const params = { path: { id: "ana" } };
  const body = { kind: "goodwill" as const, amount: "10", reason: "sorry" };
  const given = await probity.api.POST("/v1/customers/{id}/grants", { params, body });
  assert.equal(given.data?.amount, "10");
  const off = service.client({ url: "http://127.0.0.1:9", retries: 1 });
  const error = await off.wallet("ana").catch((e: unknown) => e);
  assert.ok(error instanceof ProbityUnavailable && error.applied === false);
});

test("more calls than a settle takes are told all the same, and odd ones hold nothing", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const late = new Promise<void>((done) => {
    void service
      .client({
        fetch: async (...call) => {
          const answer = await fetch(...call);
          if (String(call[0]).endsWith("/attempts")) done();
          return answer;
        },
      })
      .run("tailor_document", { customer: "ana", artifact: "many" }, (run) => {
        for (let n = 0; n < 1_001; n += 1) run.attempt({ services: { email_lookup: 1 } });
      })
      .then(({ receipt }) => assert.equal(receipt.charged, "5"));
  });
  await late;
  const params = { path: { id: "ana" } };
  const { data } = await probity.api.GET("/v1/customers/{id}/runs", { params });
  assert.equal(data?.items[0]?.attempts?.length, 1_001);
  const odd = { model: "m".repeat(100_000), usage: { input: 1, output: 1 } };
  const asked = { customer: "ana", artifact: "odd" };
  const error = await probity
    .run("tailor_document", asked, (run) => run.attempt(odd))
    .catch((e: unknown) => e);
  assert.ok(error instanceof ProbityError && error.code === "invalid_request", String(error));
  assert.deepEqual([error.receipt?.outcome, error.receipt?.charged], ["failed", "0"]);
  assert.equal((await probity.wallet("ana")).held, "0");
});

test("who leaves in the middle pays for what was said, and for no more", async (t) => {
  const probity = await (await Service.of(t)).with("ana");
  const leaves = async (artifact: string, says: (run: Run) => void) => {
    const leaving = new AbortController();
    const asked = { customer: "ana", artifact, signal: leaving.signal };
    const gone = await probity
      .run("enrich_market_map", asked, (run) => {
        run.begun();
        says(run);
        leaving.abort();
        run.signal.throwIfAborted();
      })
      .catch((error: unknown) => error);
    const receipt = receiptOf(gone);
    return [receipt?.outcome, receipt?.charged];
  };
  assert.deepEqual(await leaves("m1", (run) => run.partial(5)), ["partial", "6"]);
  assert.deepEqual(await leaves("m2", (run) => run.empty()), ["empty", "0"]);
  assert.deepEqual(await leaves("m3", () => undefined), ["abandoned", "10"]);
});

test("an abort of the product's own is not the customer's leaving", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  for (const begins of [false, true]) {
    const own = new DOMException("", "AbortError");
    const asked = { customer: "ana", artifact: "d", signal: new AbortController().signal };
    const run = probity.run("tailor_document", asked, (run) => {
      if (begins) run.begun();
      throw own;
    });
    await assert.rejects(run, (error) => error === own);
    assert.deepEqual([receiptOf(own)?.outcome, receiptOf(own)?.charged], ["failed", "0"]);
  }
});

test("what was abandoned free begins anew with its key", async (t) => {
  const service = await Service.of(t);
  const probity = await service.with("ana");
  const asked = { customer: "ana", artifact: "pages", quantity: 2, key: "job-8" };
  const first = await probity.run("process_documents", asked, (run) => run.ends("abandoned"));
  assert.deepEqual([first.receipt.outcome, first.receipt.charged], ["abandoned", "0"]);
  const second = await probity.run("process_documents", asked, (run) => run.reopened);
  assert.equal(second.value, false);
  assert.notEqual(second.receipt.run, first.receipt.run);
});
