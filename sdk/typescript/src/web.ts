// Charging where requests and answers are the web's own `Request` and `Response`: the run is begun
// before the handler, and ended by the answer as it passes. Frameworks are told apart elsewhere.

import { begin, broken, judged, left, takeTold, tell, tokenFor } from "./charge.js";
import type { Charge, Whose } from "./charge.js";
import type { Ending } from "./ending.js";
import type { Probity, WhenAway } from "./probity.js";
import { ProbityError } from "./problems.js";
import type { Run } from "./run.js";
import { watched, type Watcher } from "./stream.js";

/** Asks for the run that a request is; an answer is what it is refused with. */
export async function beginWeb<Req extends unknown[]>(
  action: string,
  charge: Charge<Req>,
  request: Request,
  ...asked: Req
): Promise<Run | Response> {
  const header = (name: string) => request.headers.get(name);
  const run = await begin(action, charge, asked, header, request.signal);
  return run instanceof ProbityError ? run.toResponse() : run;
}

/** The handler threw: its run has failed, or whoever asked has left. */
export async function failWeb(run: Run, error: unknown): Promise<void> {
  await run.fail(error).catch((trouble: unknown) => run.troubled(trouble));
}

/**
 * The answer as it goes out, without what it says of its work; its end is told as it passes.
 * `threw`: it stands in for one, as the work threw.
 */
export async function endWeb(
  run: Run,
  request: Request,
  answer: Response,
  threw = false,
): Promise<Response> {
  const headers = new Headers(answer.headers);
  const take = (name: string) => headers.get(name);
  const { verdict, headers: told } = takeTold(run, take, answer.status, threw);
  for (const name of [...headers.keys()]) if (name.startsWith("probity-")) headers.delete(name);
  for (const [name, value] of told) headers.set(name, value);
  const { status, statusText } = answer;
  const ending = judged(status, verdict, run, threw);
  const head = { status, statusText, headers };
  if (ending === undefined) return new Response(answer.body, head);
  if (request.signal.aborted || answer.body === null) {
    await tell(run, request.signal.aborted ? left(run, verdict, status) : ending);
    return new Response(answer.body, head);
  }
  const isCounted = headers.has("content-length");
  const watcher = watch(run, verdict, isCounted, threw);
  return new Response(watched(answer.body, watcher(status), request.signal), head);
}

/** Where the length is known, the last bytes are kept back until the end is told. */
function watch(run: Run, verdict: Ending | undefined, isCounted: boolean, threw: boolean) {
  return (status: number): Watcher<Uint8Array> => {
    let kept: Uint8Array | undefined;
    return {
      pass(piece) {
        const goes = isCounted ? kept : piece;
        if (isCounted) kept = piece;
        if (goes !== undefined && goes.byteLength > 0) run.begun();
        return goes;
      },
      rest: () => kept,
      async ended(end) {
        if (end === "left") return tell(run, left(run, verdict, status));
        if (end === "broken") return tell(run, broken(run, verdict));
        // What was said while it was coming counts.
        const ending = judged(status, verdict, run, threw);
        if (ending !== undefined) await tell(run, ending);
      },
    };
  };
}

/** A token for a browser, as an answer. */
export async function tokenAnswer(
  probity: Probity<WhenAway>,
  whose: Whose | null | undefined,
): Promise<Response> {
  const token = await tokenFor(probity, whose);
  if (token instanceof ProbityError) return token.toResponse();
  return Response.json(token, { headers: { "cache-control": "no-store" } });
}
