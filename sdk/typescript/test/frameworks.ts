// A product in each framework: one charged route, which does as it is told, asked by a customer.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:http";
import type { TestContext } from "node:test";
import { getRequestListener } from "@hono/node-server";
import express from "express";
import { Hono } from "hono";
import { NextRequest, NextResponse } from "next/server.js";
import type { Options, Probity, Receipt, Run, WhenAway } from "@probity/sdk";
import * as ofExpress from "@probity/sdk/express";
import * as ofHono from "@probity/sdk/hono";
import * as ofNext from "@probity/sdk/next";
import { Service } from "./serving.js";

/** What the route does, in the words of no framework. */
export interface Does {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Pieces that come one by one; a null breaks the answer off. */
  pieces?: AsyncIterable<string | null>;
  says?: (run: Run) => void;
  throws?: unknown;
  /** An answer of the web's own, as it is. */
  answer?: Response;
}

export type Work = (run: Run) => Does | Promise<Does>;

/** A framework with one charged route, which does as it is told. */
export interface Framework {
  name: string;
  server(probity: Probity<WhenAway>, work: () => Work): Server;
}

const customer = (id: string | null | undefined) => id ?? undefined;

export const EXPRESS: Framework = {
  name: "Express",
  server(probity, work) {
    const app = express();
    const charge = ofExpress.charge("tailor_document", {
      probity,
      customer: (req) => customer(req.get("x-user")),
      artifact: (req) => req.get("x-draft"),
    });
    app.post("/tailor", charge, async (req, res) => {
      const run = ofExpress.runOf(req);
      const does = await work()(run);
      does.says?.(run);
      if (does.throws) throw does.throws;
      res.status(does.status ?? 200).set(does.headers ?? {});
      if (does.pieces === undefined) return void res.send(does.body ?? "");
      for await (const piece of does.pieces) {
        if (piece === null) throw new Error("broken off");
        if (res.destroyed) return;
        res.write(piece);
      }
      res.end();
    });
    app.post(
      "/token",
      ofExpress.tokenRoute(probity, (req) => customer(req.get("x-user"))),
    );
    // As Express answers by itself, without its words on standard error.
    const onError: express.ErrorRequestHandler = (error, _req, res, next) => {
      if (res.headersSent) return next(error);
      res.status(500).send("sorry");
    };
    app.use(onError).set("env", "test");
    return createServer(app);
  },
};

function stream(pieces: AsyncIterable<string | null>): ReadableStream<Uint8Array> {
  const each = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await each.next();
      if (done) return controller.close();
      if (value === null) return controller.error(new Error("broken off"));
      controller.enqueue(new TextEncoder().encode(value));
    },
  });
}

async function answer(run: Run, work: Work): Promise<Response> {
  const does = await work(run);
  does.says?.(run);
  if (does.throws) throw does.throws;
  if (does.answer) return does.answer;
  const body = does.pieces ? stream(does.pieces) : (does.body ?? "");
  return new Response(body, { status: does.status ?? 200, headers: does.headers ?? {} });
}

export const HONO: Framework = {
  name: "Hono",
  server(probity, work) {
    const app = new Hono();
    const charge = ofHono.charge("tailor_document", {
      probity,
      customer: (c) => customer(c.req.header("x-user")),
      artifact: (c) => c.req.header("x-draft"),
    });
    app.post("/tailor", charge, (c) => answer(c.get("run"), work()));
    app.post(
      "/token",
      ofHono.tokenRoute(probity, (c) => customer(c.req.header("x-user"))),
    );
    app.onError((_, c) => c.text("sorry", 500));
    return createServer(getRequestListener(app.fetch));
  },
};

/** Next.js calls the handlers of a route with its own requests: so does this. */
export const NEXT: Framework = {
  name: "Next.js",
  server(probity, work) {
    const POST = ofNext.charge<NextRequest, { params: Promise<{ draft: string }> }>(
      "tailor_document",
      {
        probity,
        customer: (request) => customer(request.headers.get("x-user")),
        artifact: async (_, { params }) => (await params).draft,
      },
      async (_request, _context, run) => {
        const plain = await answer(run, work());
        if (plain.type === "error") return plain;
        return new NextResponse(plain.body, { status: plain.status, headers: plain.headers });
      },
    );
    const whose = (request: NextRequest) => customer(request.headers.get("x-user"));
    const token = ofNext.tokenRoute(probity, whose);
    const calls = async (plain: Request): Promise<Response> => {
      const request = new NextRequest(plain.url, plain);
      if (plain.url.endsWith("/token")) return token(request);
      const draft = plain.headers.get("x-draft") ?? "";
      const params = Promise.resolve({ draft });
      return POST(request, { params }).catch(() => new Response("sorry", { status: 500 }));
    };
    return createServer(getRequestListener(calls, { overrideGlobalObjects: false }));
  },
};

/** A running framework, asked by a customer on the plan `pro`. */
export class Product {
  work: Work = () => ({});
  #drafts = 0;

  private constructor(
    readonly service: Service,
    readonly probity: Probity,
    readonly url: string,
  ) {}

  static async of(t: TestContext, framework: Framework, options: Options = {}): Promise<Product> {
    const service = await Service.of(t);
    await service.with("ana");
    const server = framework.server(service.client(options), () => product.work);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const product: Product = new Product(service, service.client(), `http://127.0.0.1:${port}`);
    return product;
  }

  /** Asks it, of a draft of its own. */
  async asks(work: Work, headers: Record<string, string> = {}): Promise<Response> {
    this.work = work;
    const draft = { "x-user": "ana", "x-draft": `d${(this.#drafts += 1)}` };
    return fetch(`${this.url}/tailor`, { method: "POST", headers: { ...draft, ...headers } });
  }

  /** The receipt of the last run, once it has ended. */
  async last(): Promise<Receipt> {
    const params = { path: { id: "ana" } };
    for (;;) {
      const { data } = await this.probity.api.GET("/v1/customers/{id}/runs", { params });
      const [last] = data!.items;
      if (last && last.status !== "held") return last;
      await new Promise(setImmediate);
    }
  }
}

/** Something that is waited for until it is let go. */
export function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => undefined as void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

export async function* pieces(...all: (string | null)[]): AsyncIterable<string | null> {
  yield* all;
}

/** All of them. */
export const FRAMEWORKS = [EXPRESS, HONO, NEXT];
