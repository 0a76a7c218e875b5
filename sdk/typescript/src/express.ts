// Express routes, charged by how they end: what Node's answer says of its work is taken out as its
// head is written, its last bytes wait until its end is told, and whoever leaves is noticed.

import type { ServerResponse } from "node:http";
import type { Request, RequestHandler } from "express";
import { begin, broken, judged, left, takeTold, tell, tokenFor } from "./charge.js";
import type { Charge, Whose } from "./charge.js";
import type { Ending } from "./ending.js";
import type { Probity, WhenAway } from "./probity.js";
import { ProbityError } from "./problems.js";
import type { Run } from "./run.js";

const RUNS = new WeakMap<object, Run>();

/** The run that a charged request is. */
export function runOf(request: object): Run {
  const run = RUNS.get(request);
  if (run === undefined) throw new TypeError("This request is not charged: use `charge` before.");
  return run;
}

/**
 * `app.post("/tailor", charge("tailor_document", { customer: (req) => … }), (req, res) => …)`;
 * the run is `runOf(req)`. 2xx is delivered, 4xx bad_input, anything else failed; 202 says that the
 * work goes on elsewhere. `run.partial(5)` and its like, or a header `Probity-Outcome`, say it
 * otherwise.
 */
export function charge(action: string, charged: Charge<[request: Request]>): RequestHandler {
  return (request, response, next) => {
    const gone = new AbortController();
    const header = (name: string) => request.get(name);
    const leaves = () => {
      if (!response.writableFinished) gone.abort();
    };
    response.once("close", leaves);
    const begins = async () => {
      const run = await begin(action, charged, [request], header, gone.signal);
      if (run instanceof ProbityError) {
        // Somebody has answered already: whoever handles errors is told.
        if (response.headersSent) throw run;
        return refuse(response, run);
      }
      RUNS.set(request, run);
      new Watched(run, request, response, run.keep()).begins(gone.signal);
      if (!gone.signal.aborted) next();
    };
    begins().catch(next);
  };
}

/** An answer on its way out. */
class Watched {
  #verdict: Ending | undefined;
  #ends = false;

  constructor(
    readonly run: Run,
    readonly request: Request,
    readonly response: ServerResponse,
    readonly stop: () => void,
  ) {}

  begins(gone: AbortSignal): void {
    this.#watchHead();
    this.#watchBody();
    const over = () => void this.#closed();
    if (gone.aborted) over();
    else this.response.once("close", over);
  }

  /** What the head says of the work is taken out, and what the customer is told put in. */
  #watchHead(): void {
    const { response, run } = this;
    const write = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
    response.writeHead = (status: number, ...more: unknown[]) => {
      const given = more.pop();
      const phrase = typeof given === "string" ? given : (more[0] as string | undefined);
      for (const [name, value] of pairs(given)) response.setHeader(name, value);
      const take = (name: string) => response.getHeader(name)?.toString();
      const { verdict, headers } = takeTold(run, take, status);
      this.#removeOurs();
      for (const [name, value] of headers) response.setHeader(name, value);
      try {
        if (phrase === undefined) write(status);
        else write(status, phrase);
      } catch (error) {
        // Another head follows, which is read anew.
        this.#removeOurs();
        throw error;
      }
      this.#verdict = verdict;
      response.writeHead = write as ServerResponse["writeHead"];
      return response;
    };
  }

  #removeOurs(): void {
    const { response } = this;
    const ours = response.getHeaderNames().filter((name) => name.startsWith("probity-"));
    for (const name of ours) response.removeHeader(name);
  }

  /** The end waits until it is told, so that whoever has the answer finds it in their wallet. */
  #watchBody(): void {
    const { response, run } = this;
    const write = response.write.bind(response) as (...piece: unknown[]) => boolean;
    const end = response.end.bind(response) as (...piece: unknown[]) => ServerResponse;
    response.write = (...piece: unknown[]) => {
      if ((piece[0] as { length?: number } | undefined)?.length) run.begun();
      return write(...piece);
    };
    response.end = (...last: unknown[]) => {
      if (this.#ends) return response;
      if (!response.headersSent) this.#headBefore(last);
      this.#ends = true;
      const ending = judged(response.statusCode, this.#verdict, run);
      if (ending === undefined) {
        this.stop();
        return end(...last);
      }
      const ends = async () => {
        await tell(run, ending);
        response.write = write as ServerResponse["write"];
        if (!response.destroyed) end(...last);
      };
      ends().catch((error: unknown) => response.destroy(error as Error));
      return response;
    };
  }

  /** The verdict stands in the head, which is written only with what ends it. */
  #headBefore([last, encoding]: unknown[]): void {
    const { response } = this;
    const isBody = typeof last === "string" || last instanceof Uint8Array;
    const written = typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8";
    const length = isBody ? Buffer.byteLength(last, written) : 0;
    const isSaid = response.hasHeader("content-length") || response.hasHeader("transfer-encoding");
    const hasNone = response.statusCode === 204 || response.statusCode === 304;
    if (!isSaid && !hasNone) response.setHeader("content-length", length);
    response.writeHead(response.statusCode);
  }

  /** Closed before its end: by whoever asked, or by us. */
  async #closed(): Promise<void> {
    if (this.#ends) return;
    this.#ends = true;
    const { run, request, response } = this;
    const { statusCode, headersSent } = response;
    const { socket } = request;
    // It was said that the work goes on elsewhere: whether all of that arrives changes nothing.
    const goesOn = headersSent && judged(statusCode, this.#verdict, run) === undefined;
    if (goesOn) return this.stop();
    // Their side has ended or broken; where neither is so the connection was cut by us.
    const isLeft = socket.readableEnded || socket.errored !== null;
    const verdict = this.#verdict;
    const ending = isLeft ? left(run, verdict, statusCode) : broken(run, verdict);
    if (ending === undefined) this.stop();
    await tell(run, ending);
  }
}

/** The headers that a head is written with, in any of the ways that Node takes. */
function pairs(given: unknown): [string, string][] {
  if (Array.isArray(given)) {
    const flat = given.flat() as string[];
    return flat.flatMap((name, n) => (n % 2 === 0 ? [[name, flat[n + 1] ?? ""]] : []));
  }
  return typeof given === "object" && given !== null ? Object.entries(given) : [];
}

function refuse(response: ServerResponse, problem: ProbityError): void {
  response.writeHead(problem.status, problem.headers()).end(JSON.stringify(problem));
}

/** A route that gives browsers their token: `{ token, expires_at }`. */
export function tokenRoute(
  probity: Probity<WhenAway>,
  whose: (request: Request) => Whose | null | undefined | PromiseLike<Whose | null | undefined>,
): RequestHandler {
  return (request, response, next) => {
    const answers = async () => {
      const token = await tokenFor(probity, await whose(request));
      if (token instanceof ProbityError) return refuse(response, token);
      response.set("cache-control", "no-store").json(token);
    };
    answers().catch(next);
  };
}

export type { Charge, Whose };
