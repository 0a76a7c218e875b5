// The calls of the API that runs need, each answering what it brings or throwing what went wrong.
// What is sent, and how often, is `send.ts`'s.

import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated/api.js";
import { problemOf, ProbityError, type About as AboutProblem } from "./problems.js";
import { retryAfter, sentAs, toldAt, type Sent } from "./send.js";
import type { Attempt, Length, ProblemJson, Receipt, Report, Started } from "./shapes.js";
import type { components } from "./generated/api.js";

/** Every route of the API, typed. */
export type Api = Client<paths>;
/** What the API takes where a run is asked for. */
export type RunRequest = components["schemas"]["RunRequest"];

/** What was answered, and how it was come by. */
export interface Answered<D> {
  data: D;
  sent: Sent;
  /** The answer to an earlier call with the same key. */
  replayed: boolean;
  /** The present instant, as whoever answered has it. */
  now: number;
}

interface Call<D> {
  data?: D;
  error?: unknown;
  response: Response;
}

/** A client of the API that sends as is said. */
export function apiAt(url: string, send: (request: Request) => Promise<Response>): Api {
  return createClient<paths>({ baseUrl: url, fetch: send });
}

/** What a call answers; what went wrong is thrown. */
export async function answered<D>(call: Promise<Call<D>>, run?: string): Promise<Answered<D>> {
  const { data, error, response } = await call;
  const sent = sentAs(response);
  if (!response.ok || data === undefined) {
    const waits = retryAfter(response);
    const seconds = waits === undefined ? undefined : Math.ceil(waits / 1000);
    throw problem(response.status, error, { key: sent.key, run, retryAfter: seconds }, sent);
  }
  return { data, sent, now: toldAt(response), replayed: response.headers.get("probity-replayed") === "true" };
}

function problem(status: number, body: unknown, about: AboutProblem, sent: Sent): ProbityError {
  const told = problemOf(status, body, about);
  if (!sent.unknown || told.applied === "unknown") return told;
  // It was refused this time; what came of the time before is not known.
  const detail = `${told.problem.detail} An earlier try may have been applied all the same.`;
  const unsure: ProblemJson = { ...told.problem, detail, applied: "unknown" };
  return problemOf(status, unsure, about);
}

/** What runs ask of the API. */
export class Calls {
  constructor(readonly api: Api) {}

  /** Asks for a run. */
  start(body: RunRequest, key: string): Promise<Answered<Started>> {
    const header = { "Idempotency-Key": key };
    return answered(this.api.POST("/v1/runs", { body, params: { header } }));
  }

  /** The receipt of a run. */
  async receipt(id: string): Promise<Receipt> {
    const params = { path: { id } };
    return (await answered(this.api.GET("/v1/runs/{id}", { params }), id)).data;
  }

  /** Tells how a run ended. */
  async settle(id: string, body: Report, key: string): Promise<Receipt> {
    const params = { path: { id }, header: { "Idempotency-Key": key } };
    return (await answered(this.api.POST("/v1/runs/{id}/settle", { body, params }), id)).data;
  }

  /** Gives the hold back. */
  async release(id: string, key: string): Promise<Receipt> {
    const params = { path: { id }, header: { "Idempotency-Key": key } };
    const call = this.api.POST("/v1/runs/{id}/release", { body: {}, params });
    return (await answered(call, id)).data;
  }

  /** More time, from now on; when it is over, and the instant of the answer. */
  async extend(
    id: string,
    length: Length,
    signal?: AbortSignal,
  ): Promise<{ expiresAt: number; now: number }> {
    const params = { path: { id } };
    const asked = { body: { for: length }, params, ...(signal ? { signal } : {}) };
    const call = this.api.POST("/v1/runs/{id}/extend", asked);
    const { data, now } = await answered(call, id);
    return { expiresAt: Date.parse(data.expires_at), now };
  }

  /** Books calls of a run that has ended. */
  async attempts(id: string, attempts: Attempt[]): Promise<void> {
    const params = { path: { id } };
    const call = this.api.POST("/v1/runs/{id}/attempts", { body: { attempts }, params });
    await answered(call, id);
  }
}
