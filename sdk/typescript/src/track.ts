// What the official AI clients are answered, watched as it passes: every call becomes an attempt of
// a run. It stands below the client, so that its helpers, streams and own retries are all seen.

import type { Run } from "./run.js";
import { isNotSent } from "./send.js";
import type { Attempt } from "./shapes.js";
import { watched } from "./stream.js";
import { attemptOf, usageIn, type Also } from "./usage.js";

/** Whom calls are told. */
export type Told = Pick<Run, "attempt">;

type Json = Record<string, unknown>;

/** Paths whose calls are work of a model. */
const WORK = /\/(chat\/completions|completions|responses|embeddings|messages)$/;
/** Events that say that nothing more is to come. */
const LAST = ["response.completed", "response.incomplete", "response.failed", "message_stop"];

/** A `fetch` that tells a run of every call that is made with it. */
export function tracking(run: Told, provider: string, fetching: typeof fetch): typeof fetch {
  return async (input, init) => {
    const call = workOf(input, init);
    if (call === undefined) return fetching(input, init);
    const { asked } = call;
    const asks = asksForUsage(call);
    const sent = asks === undefined ? init : { ...init, body: JSON.stringify(asks) };
    const model = typeof asked["model"] === "string" ? { asked: asked["model"] } : {};
    const also: Also = { provider, ...model };
    let answer: Response;
    try {
      answer = await fetching(input, sent);
    } catch (error) {
      // It may have arrived, and be billed: nobody knows how much.
      if (!isNotSent(error)) run.attempt({}, also);
      throw error;
    }
    return told(run, also, answer, asks !== undefined);
  };
}

/** A call that is work of a model, and the JSON that it asks with. */
interface Work {
  path: string;
  asked: Json;
}

function workOf(input: string | URL | Request, init: RequestInit | undefined): Work | undefined {
  const path = new URL(input instanceof Request ? input.url : String(input)).pathname;
  const method = init?.method ?? (input instanceof Request ? input.method : "GET");
  if (method.toUpperCase() !== "POST" || !WORK.test(path)) return undefined;
  return { path, asked: typeof init?.body === "string" ? parsed(init.body) : {} };
}

/** A chat that streams tells its usage only if asked; then the piece with it is taken out again. */
function asksForUsage({ path, asked }: Work): Json | undefined {
  const isChat = path.endsWith("/chat/completions") && asked["stream"] === true;
  const options = asked["stream_options"] as Json | null | undefined;
  if (!isChat || options?.["include_usage"] !== undefined) return undefined;
  return { ...asked, stream_options: { ...options, include_usage: true } };
}

async function told(run: Told, also: Also, answer: Response, asks: boolean): Promise<Response> {
  const kind = answer.headers.get("content-type") ?? "";
  if (!answer.ok) {
    // Providers bill nothing for what they refuse.
    run.attempt({ usage: { input: 0, output: 0 } }, { ...also, source: "none" });
    return answer;
  }
  const { status, statusText } = answer;
  // They are of the bytes as they came, which are others now.
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  if (kind.includes("event-stream") && answer.body !== null) {
    headers.delete("content-length");
    const events = new Events((attempt) => run.attempt(attempt, also), asks);
    return new Response(watched(answer.body, events), { status, statusText, headers });
  }
  if (!kind.includes("json")) {
    run.attempt({}, also);
    return answer;
  }
  headers.delete("content-length");
  let text: string;
  try {
    text = await answer.text();
  } catch (error) {
    // It was worked on, and is billed: nobody knows how much.
    run.attempt({}, also);
    throw error;
  }
  run.attempt(parsed(text), also);
  return new Response(text, { status, statusText, headers });
}

/** A stream of events, with what is told of usage in it. */
class Events {
  #decoder = new TextDecoder();
  #rest = "";
  #whole: Json = {};
  #usage: Json = {};
  #isTold = false;

  constructor(
    readonly tell: (attempt: Attempt) => void,
    readonly strips: boolean,
  ) {}

  /** Whole events go on. */
  pass(piece: Uint8Array): Uint8Array | undefined {
    this.#rest += this.#decoder.decode(piece, { stream: true });
    const events = this.#rest.split(/(?<=\r?\n\r?\n)/);
    const isWhole = /\r?\n\r?\n$/.test(this.#rest);
    this.#rest = isWhole ? "" : (events.pop() ?? "");
    const passes = events.filter((event) => this.#passes(event)).join("");
    return passes === "" ? undefined : new TextEncoder().encode(passes);
  }

  rest(): Uint8Array | undefined {
    return this.#rest === "" ? undefined : new TextEncoder().encode(this.#rest);
  }

  /** It ended before it said what it used: what is known is a part. */
  ended(): void {
    this.#tells(true);
  }

  #passes(event: string): boolean {
    const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
    const data = lines.map((line) => line.slice(5).trim()).join("\n");
    if (data === "[DONE]") {
      this.#tells(false);
      return true;
    }
    const said = parsed(data);
    const whole = (said["response"] ?? said["message"] ?? said) as Json;
    this.#whole = { ...whole, ...this.#whole };
    const used = { ...((whole["usage"] ?? {}) as Json), ...((said["usage"] ?? {}) as Json) };
    const isSaid = Object.entries(used).filter(([, value]) => value !== null);
    this.#usage = { ...this.#usage, ...Object.fromEntries(isSaid) };
    if (LAST.includes(String(said["type"]))) this.#tells(false);
    const { choices } = said as { choices?: unknown[] };
    const isUsage = isSaid.length > 0 && choices?.length === 0;
    return !(this.strips && isUsage);
  }

  #tells(isPart: boolean): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const whole = { ...this.#whole, usage: this.#usage };
    const attempt = attemptOf(whole);
    const { usage } = usageIn(whole);
    if (isPart && usage !== undefined) attempt.source = "partial";
    this.tell(attempt);
  }
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}
