// JobScout's server: six buttons, each a run that is charged by how its work ends. What that costs
// is the contract's; here stand only the work, and how it ended.

import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type Request, type Response } from "express";
import { Probity, ProbityError, receiptOf } from "@probity/sdk";
import type { Receipt, Run } from "@probity/sdk";
import { tokenRoute } from "@probity/sdk/express";
import { ask, found, here, lookUp, read, type Asked } from "./work.js";

const service = process.env["PROBITY_URL"] ?? "http://127.0.0.1:4242";
const probity = new Probity(); // PROBITY_URL, PROBITY_KEY

/** What was delivered is the customer's: it is kept, to be opened again for nothing. */
const kept = new Map<string, string[]>();

// Who is here. A real product has its sign-in; this one makes each browser a customer of its own.

const cookie = { httpOnly: true, sameSite: "lax" as const, path: "/" };

function visitor(request: Request): string | undefined {
  return /(?:^|; )visitor=(v_[0-9a-f-]{36})/.exec(request.get("cookie") ?? "")?.[1];
}

function customer(request: Request): string {
  const id = visitor(request);
  if (id === undefined) throw Object.assign(new Error("Open the page first."), { status: 401 });
  return id;
}

const app = express();
app.use(express.json());

/** What was done is handed over, whatever is known of its price. */
const NOT_KNOWN = "Here it is. What was charged for it, if anything, will stand in your receipts.";

// The buttons.

type Work = (run: Run, asked: Asked, before: string[]) => string[] | Promise<string[]>;

/** A route that is a run: what the work returns was delivered, what it throws failed. */
function button(action: string, work: Work): void {
  app.post(`/do/${action}`, async (request, response) => {
    const asked = request.body as Asked;
    const { quote, artifact, quantity, inputs } = asked;
    const thing = JSON.stringify([customer(request), action, artifact ?? inputs]);
    const before = kept.get(thing) ?? [];
    const reopen = () => before;
    const told = { customer: customer(request), quote, artifact, quantity, inputs, reopen };
    try {
      const done = await probity.run(action, told, (run) => work(run, asked, before));
      kept.set(thing, done.value);
      answers(response, done.value, done.receipt);
    } catch (error) {
      const receipt = receiptOf(error);
      const value = error instanceof ProbityError ? (error.value as string[] | undefined) : undefined;
      // Done, and theirs; what came of telling it, the books will say.
      if (value !== undefined) kept.set(thing, value);
      if (receipt !== undefined) answers(response, value ?? [], receipt); // or it failed, for nothing
      else if (value !== undefined) response.json({ found: value, words: NOT_KNOWN });
      else throw error;
    }
  });
}

/** The receipt's words are the customer's; what the work cost you stays here. */
function answers(response: Response, found: string[], { words, seq }: Receipt): void {
  response.json({ found, words, seq });
}

button("search_roles", (run, asked) => lookUp(run, asked, "job_index", found("search_roles")));

button("map_market", async (run, asked) => {
  await ask(run, asked, "What does this market look like?");
  return found("map_market");
});

button("enrich_market_map", async (run, asked, before) => {
  await ask(run, asked, "Fill the sections of this map.");
  const upTo = asked.story === "part" ? Math.min(before.length + 5, 8) : 8;
  run.attempt({ services: { company_data: upTo - before.length } });
  if (upTo < 8) run.partial(upTo - before.length);
  return found("enrich_market_map").slice(0, upTo);
});

button("tailor_document", async (run, asked) => {
  await ask(run, asked, "Tailor this letter to the role.");
  return found("tailor_document");
});

button("process_documents", async (run, asked) => {
  await ask(run, asked, `Read these ${asked.quantity} pages.`);
  return found("process_documents");
});

button("find_contact_email", (run, asked) => {
  // Nothing found is charged here: the contract says so, and the customer agreed to it.
  return lookUp(run, asked, "email_lookup", found("find_contact_email"));
});

// Billing: a token for the elements, and, in place of a payment provider, two pages.

app.post("/billing/token", tokenRoute(probity, visitor));

app.post("/billing/top-up", async (request, response) => {
  const packs: Record<string, string> = { "50": "5.00", "100": "10.00", "250": "22.00" };
  const { credits } = request.body as { credits: string };
  const amount = packs[credits];
  if (amount === undefined) return void response.sendStatus(422);
  const paid = { amount, currency: "USD" };
  const payment = `test_${randomUUID()}`;
  await probity.topUp(customer(request), { payment, credits, paid });
  response.json({ to: "/" });
});

app.post("/billing/plans", async (request, response) => {
  const { plan } = request.body as { plan: string };
  const { next_plan, changes_on } = await probity.putCustomer(customer(request), { plan });
  response.json(next_plan ? { next_plan, changes_on } : { to: "/" });
});

// For trying things out: all that there is in one go, and a new customer.

app.post("/sample/use-up", async (request, response) => {
  const { action } = request.body as { action: string };
  const run = { customer: customer(request), action, outcome: "delivered" };
  // What is past the end is refused, and leaves no receipt. Searches are about nothing to open again.
  const press = randomUUID();
  const items = Array.from({ length: 800 }, (_, n) => {
    const about = action === "search_roles" ? {} : { artifact: `letter_${n + 1}_${press.slice(0, 4)}` };
    return { do: "run" as const, key: `${press}-${n}`, body: { ...run, ...about } };
  });
  await probity.api.POST("/v1/batch", { body: { items } });
  response.json({});
});

app.post("/sample/start-over", (_, response) => {
  response.clearCookie("visitor", cookie).json({ to: "/" });
});

// The pages, under a policy that allows this site and the elements, and nothing that is inline.

const policy =
  `default-src 'none'; script-src 'self' ${service}; connect-src 'self' ${service}; ` +
  "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'";
const security = { "content-security-policy": policy, "cache-control": "no-store" };
const billing = { "/billing/top-up": "top-up", "/billing/plans": "plans" };
const pages = { "/": "index", ...billing, "/help": "help", "/settings/keys": "help" };

for (const [path, name] of Object.entries(pages)) {
  const html = read(`page/${name}.html`).replaceAll("http://127.0.0.1:4242", service);
  app.get(path, async (request, response) => {
    if (visitor(request) === undefined) {
      const id = `v_${randomUUID()}`;
      await probity.putCustomer(id, { plan: "discovery" });
      response.cookie("visitor", id, cookie);
    }
    response.set(security).type("html").send(html);
  });
}
app.use(express.static(new URL("page", here).pathname, { index: false }));

/** A refusal goes to the page as it is: `Probity.show` says it, with the ways forward. */
const refused: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof ProbityError)) return next(error);
  const money =
    error.applied === false
      ? "Nothing was charged."
      : "What was charged, if anything, stands in your receipts.";
  const isOurs = error.status >= 500 || ["unauthenticated", "forbidden"].includes(error.code);
  const away = { title: "Billing is away", detail: `Billing is away for a moment. ${money}` };
  const said = isOurs ? away : error;
  response.writeHead(error.status, error.headers()).end(JSON.stringify(said));
};
app.use(refused);

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`JobScout: http://127.0.0.1:${address?.port}/`);
});
