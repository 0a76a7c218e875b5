// What the middlewares share: a request becomes a run, or a refusal; an answer tells how it ended.
// The same words as the gateway's headers; which framework it is, is not known here.

import { leftWith, neverCharges, type Ending } from "./ending.js";
import { Probity, type Asked, type WhenAway } from "./probity.js";
import { away, problemOf, ProbityError } from "./problems.js";
import type { Run } from "./run.js";
import type { Credits, Length, ProblemCode, ProblemJson, Receipt } from "./shapes.js";
import { readNowCharged, readVerdict } from "./verdict.js";

type Later<T> = T | null | undefined | PromiseLike<T | null | undefined>;

/** How a request is charged. What is not there is not said. */
export interface Charge<Req extends unknown[]> {
  /** Whose run it is, as your sign-in knows them; nobody: 401. */
  customer: (...request: Req) => Later<string>;
  /** The customer's own thing that the result belongs to. */
  artifact?: (...request: Req) => Later<string>;
  /** How many units. */
  quantity?: (...request: Req) => Later<number>;
  /** Which model it will use. */
  model?: (...request: Req) => Later<string>;
  /** Which member asks. */
  member?: (...request: Req) => Later<string>;
  /** What the action needs, by name. */
  inputs?: (...request: Req) => Later<Record<string, unknown>>;
  /** The client to ask; else one by `PROBITY_URL` and `PROBITY_KEY`. */
  probity?: Probity<WhenAway>;
  /** When Probity cannot be asked: `refuse` with 503, or `go_on` uncharged. */
  whenAway?: WhenAway;
}

/** Whose token is asked for, as your sign-in knows them. */
export type Whose = string | { customer: string; member?: string; lasts?: Length };

/** Ends that a client waits for no longer are told all the same. */
const WAITS_FOR_AN_END = 2_000;
/** Our own key is wrong: told to us, and nothing that a customer should read. */
const OURS: readonly ProblemCode[] = ["unauthenticated", "forbidden"];

let usual: Probity<WhenAway> | undefined;

/** A header of a request. */
export type Header = (name: string) => string | null | undefined;

/** Asks for the run that a request is; a problem is what it is answered with. */
export async function begin<Req extends unknown[]>(
  action: string,
  charge: Charge<Req>,
  request: Req,
  header: Header,
  signal: AbortSignal,
): Promise<Run | ProbityError> {
  const customer = await charge.customer(...request);
  if (!customer) return nobody();
  const asked = { customer, ...(await said(charge, request)), ...told(header) } as Asked;
  const key = header("idempotency-key") ?? undefined;
  const probity = charge.probity ?? (usual ??= new Probity<WhenAway>());
  try {
    const whenAway = charge.whenAway;
    const run = await probity.start(action, { ...asked, key, signal, whenAway });
    return (await repeated(run)) ?? run;
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error;
    return forThem(error, probity);
  }
}

/** The problem as whoever asks is told it. */
function forThem(error: ProbityError, probity: Probity<WhenAway>): ProbityError {
  if (!OURS.includes(error.code)) return error;
  probity.troubled(error);
  const { applied, key } = error;
  const so = applied === false ? " Nothing was applied." : "";
  const detail = `Billing is not available. This is not your doing.${so}`;
  return away(detail, applied, { key, cause: error });
}

async function said<Req extends unknown[]>(charge: Charge<Req>, request: Req): Promise<object> {
  const { artifact, quantity, model, member, inputs } = charge;
  const asked = Object.entries({ artifact, quantity, model, member, inputs });
  const answers = asked.map(async ([name, says]) => [
    name,
    (await says?.(...request)) ?? undefined,
  ]);
  return Object.fromEntries(await Promise.all(answers)) as object;
}

/** What a client may say itself. */
function told(header: Header): Partial<Asked> {
  const maxPrice = header("probity-max-price") as Credits | undefined;
  const again = header("probity-again") as Asked["again"];
  return {
    maxPrice: maxPrice ?? undefined,
    quote: header("probity-quote") ?? undefined,
    again: again ?? undefined,
  };
}

/** The same key again, where that is enforced: it was done, and is not done again. */
async function repeated(run: Run): Promise<ProbityError | undefined> {
  if (run.repeats !== "ended" || run.started?.mode !== "enforce") return undefined;
  const detail =
    "This was done before and is not done again: what it brought is yours already. Take a new key " +
    "to have it done anew. Nothing was charged. Nothing was applied.";
  const receipt = forCustomers(await run.receipt());
  return made(409, "already_done", "Already done", detail, { run: run.id, receipt });
}

/** Who asks is not known. */
export function nobody(): ProbityError {
  const detail = "Who asks is not known. Sign in, and ask again. Nothing was applied.";
  return made(401, "unauthenticated", "Unauthenticated", detail);
}

function made(
  status: number,
  code: ProblemCode,
  title: string,
  detail: string,
  fields: object = {},
): ProbityError {
  const type = `/problems/${code}`;
  const problem: ProblemJson = { type, title, status, detail, code, applied: false, ...fields };
  return problemOf(status, problem);
}

/** What only secret keys are told is not for whoever asks here. */
function forCustomers(receipt: Receipt | null): Partial<Receipt> | null {
  if (receipt === null) return null;
  const { attempts: _, cost: __, would, ...told } = receipt;
  return receipt.mode === "announce" && would !== undefined ? { ...told, would } : told;
}

/** What the headers of an answer told, which are taken out; what goes in instead. */
export interface Told {
  /** The verdict of whoever did the work. */
  verdict: Ending | undefined;
  /** The headers that the customer is told. */
  headers: [string, string][];
}

/** Reads what an answer's headers say of its work: `get` takes each out. */
export function takeTold(run: Run, take: Header, status: number, threw = false): Told {
  const verdict = readVerdict(take("probity-outcome") ?? "");
  const now = readNowCharged(take("probity-now-charged") ?? "");
  if (now !== undefined) run.presentBilling(now);
  const outcome = run.reopened ? "reopened" : (verdict ?? saidOf(run, status, threw))?.outcome;
  return { verdict, headers: customersHeaders(run, outcome) };
}

/** What the customer is told of their run in headers. */
function customersHeaders(run: Run, outcome: Ending["outcome"] | undefined): [string, string][] {
  const { started } = run;
  if (started === undefined || run.undecided) return [];
  const headers: [string, string][] = [
    ["probity-run", run.id],
    ["probity-action", run.action],
    ["probity-mode", started.mode],
    ["probity-contract", started.contract],
  ];
  if (outcome !== undefined) headers.push(["probity-outcome", outcome]);
  if (started.mode !== "shadow") {
    headers.push(["probity-price", started.price ?? "0"]);
    // What was set aside for what failed can be spent again.
    const isSpent = outcome === undefined || !neverCharges(outcome);
    if (isSpent) headers.push(["probity-available", started.wallet.available]);
  }
  if (started.mode === "announce" && started.would) {
    const { denial, price } = started.would;
    headers.push(["probity-would", denial ? `deny; code="${denial}"` : `allow; price="${price}"`]);
  }
  return headers;
}

/** How an answer that came as a whole ended the run; undefined: the work goes on elsewhere. */
export function judged(
  status: number,
  verdict: Ending | undefined,
  run: Run,
  threw = false,
): Ending | undefined {
  const said = verdict ?? saidOf(run, status, threw);
  if (said !== undefined) return said;
  if (threw && status < 400) return { outcome: "failed" };
  if (status === 202) return undefined;
  if (status >= 200 && status < 300) return { outcome: "delivered" };
  if (status >= 400 && status < 500) return { outcome: "bad_input" };
  return { outcome: "failed", reason: `status_${status}` };
}

/** What was said, where the answer does not belie it: an error hands nothing over. */
function saidOf({ said }: Run, status: number, threw: boolean): Ending | undefined {
  if (said === undefined || neverCharges(said.outcome)) return said;
  if (threw || status >= 500) return undefined;
  // That nothing was found is often told by a status.
  return status >= 400 && said.outcome !== "empty" ? undefined : said;
}

/** How it ended for a client that left; undefined: the work goes on elsewhere without them. */
export function left(run: Run, verdict: Ending | undefined, status: number): Ending | undefined {
  const staying = judged(status, verdict, run);
  return staying && leftWith(staying, run.hasBegun);
}

/** How it ended where the answer broke off on our side. */
export function broken(run: Run, verdict: Ending | undefined): Ending {
  const said = verdict ?? run.said;
  if (said !== undefined && neverCharges(said.outcome)) return said;
  return { outcome: "failed", reason: "truncated" };
}

/** Tells an end, if there is one; whoever waits for the answer is kept no longer than a moment. */
export async function tell(run: Run, ending: Ending | undefined): Promise<void> {
  if (ending === undefined) return;
  const told = run.settle(ending).catch((error: unknown) => run.troubled(error));
  let timer: NodeJS.Timeout | undefined;
  const moment = new Promise<void>((done) => (timer = setTimeout(done, WAITS_FOR_AN_END)));
  await Promise.race([told, moment]);
  clearTimeout(timer);
}

/** A token for a browser: its JSON, or why there is none. */
export async function tokenFor(
  probity: Probity<WhenAway>,
  whose: Whose | null | undefined,
): Promise<{ token: string; expires_at: string } | ProbityError> {
  if (!whose) return nobody();
  const { customer, ...options } = typeof whose === "string" ? { customer: whose } : whose;
  try {
    const { token, expires_at } = await probity.token(customer, options);
    return { token, expires_at };
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error;
    return forThem(error, probity);
  }
}
