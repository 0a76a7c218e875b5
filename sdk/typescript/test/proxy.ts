// What stands between a client and the service in tests of faults: it passes calls on, and does to
// each what the test says.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/**
 * A call is passed on, loses its answer once the service has given it, comes nowhere, or is
 * answered by something in between, perhaps without an end.
 */
export type Fate = "pass" | "drop" | "cut" | "stall" | Answer;

/** What is answered in the service's place. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** A problem, as JSON. */
  problem?: object;
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
  /** Nobody listens there any more: connections are refused. */
  close: () => void = () => undefined;

  static async before(t: TestContext, target: () => string): Promise<Proxy> {
    const proxy = new Proxy();
    const server = createServer((request, response) => proxy.#passes(target(), request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    proxy.close = () => {
      server.close();
      server.closeAllConnections();
    };
    t.after(() => proxy.close());
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
      const json = fate.problem && { "content-type": "application/problem+json" };
      response.writeHead(fate.status, { ...json, ...fate.headers });
      response.end(fate.problem && JSON.stringify(fate.problem), () => this.told(call));
      return;
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
