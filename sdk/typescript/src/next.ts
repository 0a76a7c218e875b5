// Next.js route handlers (and whatever else takes a `Request` and answers a `Response`), charged by
// how they end.

import type { Charge, Whose } from "./charge.js";
import type { Probity, WhenAway } from "./probity.js";
import type { Run } from "./run.js";
import { beginWeb, endWeb, failWeb, tokenAnswer } from "./web.js";

/** A route handler. */
export type Handler<Req extends Request, Context> = (
  request: Req,
  context: Context,
) => Promise<Response>;

/**
 * `export const POST = charge("tailor_document", { customer: … }, (request, context, run) => …)`.
 * 2xx is delivered, 4xx bad_input, anything else failed; 202 says that the work goes on elsewhere,
 * by `run.id`. `run.partial(5)` and its like, or a header `Probity-Outcome`, say it otherwise.
 */
export function charge<Req extends Request = Request, Context = unknown>(
  action: string,
  charged: Charge<[request: Req, context: Context]>,
  handler: (request: Req, context: Context, run: Run) => Response | PromiseLike<Response>,
): Handler<Req, Context> {
  return async (request, context) => {
    const run = await beginWeb(action, charged, request, request, context);
    if (run instanceof Response) return run;
    const stop = run.keep();
    try {
      const answer = await handler(request, context, run);
      const ended = await endWeb(run, request, answer);
      if (answer.status === 202) stop();
      return ended;
    } catch (error) {
      await failWeb(run, error);
      throw error;
    }
  };
}

/** A route that gives browsers their token: `{ token, expires_at }`. */
export function tokenRoute<Req extends Request = Request>(
  probity: Probity<WhenAway>,
  whose: (request: Req) => Whose | null | undefined | PromiseLike<Whose | null | undefined>,
): (request: Req) => Promise<Response> {
  return async (request) => tokenAnswer(probity, await whose(request));
}

export type { Charge, Whose };
