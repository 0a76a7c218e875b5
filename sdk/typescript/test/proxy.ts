// What stands between a client and the service in tests of faults: it passes calls on, and does to
// each what the test says.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/**
 * A call is passed on, loses its answer once the service has given it, comes nowhere, or is
 * answered by something in between, without an end.
 */
export type Fate = "pass" | "drop" | "cut" | "stall" | Answers;

/** What something in between answers. */
interface Answers {
  status: number;
  headers?: Record<string, string>;
}

/** A call that came by. */
export interface Seen {
  method: string;
  path: string;
  key: string | undefined;
}

/** A proxy before one service. */
export class Proxy {
  url = "";
  readonly seen: Seen[] = [];
  /** Says what is done to a call. */
  fate: (call: Seen) => Fate = () => "pass";
  /** Told of each call once it is answered. */
  told: (call: Seen) => void = () => undefined;
  /** Told when an answer without an end is let go. */
  closed: () => void = () => undefined;

  static async before(t: TestContext, target: () => string): Promise<Proxy> {
    const proxy = new Proxy();
    const server = createServer((request, response) => proxy.#passes(target(), request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return proxy;
  }

  /** How often a path was asked for. */
  count(method: string, path: RegExp): number {
    return this.seen.filter((call) => call.method === method && path.test(call.path)).length;
  }

  #passes(target: string, request: IncomingMessage, response: ServerResponse): void {
    const key = request.headers["idempotency-key"] as string | undefined;
    const call = { method: request.method ?? "", path: request.url ?? "", key };
    this.seen.push(call);
    const fate = this.fate(call);
    if (fate === "cut") return void request.socket.destroy();
    if (fate === "stall") {
      response.on("close", () => this.closed());
      response.writeHead(502, { "content-type": "text/html" }).write("<p>");
      return;
    }
    if (typeof fate === "object") {
      response.writeHead(fate.status, fate.headers).end();
      return this.told(call);
    }
    const { method, headers } = request;
    const passed = ask(new URL(call.path, target), { method, headers }, (answer) => {
      if (fate === "drop") {
        // It was applied: its answer is lost half-way.
        answer.resume().on("end", () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on("finish", () => this.told(call));
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  }
}
