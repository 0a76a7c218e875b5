// Hono routes, charged by how they end.

import type { Context, Handler, MiddlewareHandler } from "hono";
import type { Charge, Whose } from "./charge.js";
import type { Probity, WhenAway } from "./probity.js";
import type { Run } from "./run.js";
import { beginWeb, endWeb, failWeb, tokenAnswer } from "./web.js";

/** What a charged route finds in its context. */
export interface Charged {
  Variables: { run: Run };
}

/**
 * `app.post("/tailor", charge("tailor_document", { customer: (c) => … }), (c) => …)`;
 * the run is `c.get("run")`. 2xx is delivered, 4xx bad_input, anything else failed; 202 says that
 * the work goes on elsewhere. `run.partial(5)` and its like, or a header `Probity-Outcome`, say it
 * otherwise.
 */
export function charge(
  action: string,
  charged: Charge<[context: Context]>,
): MiddlewareHandler<Charged> {
  return async (c, next) => {
    const request = c.req.raw;
    const run = await beginWeb(action, charged, request, c);
    if (run instanceof Response) return run;
    const stop = run.keep();
    c.set("run", run);
    try {
      await next();
      const answer = c.res;
      // Set anew, so that what it said of its work does not come back.
      c.res = undefined;
      c.res = await endWeb(run, request, answer, c.error !== undefined);
      if (answer.status === 202) stop();
    } catch (thrown) {
      // Hono itself answers what is an error, and nothing else.
      await failWeb(run, thrown);
      throw thrown;
    }
    return undefined;
  };
}

/** A route that gives browsers their token: `{ token, expires_at }`. */
export function tokenRoute(
  probity: Probity<WhenAway>,
  whose: (c: Context) => Whose | null | undefined | PromiseLike<Whose | null | undefined>,
): Handler {
  return async (c) => tokenAnswer(probity, await whose(c));
}

export type { Charge, Whose };
