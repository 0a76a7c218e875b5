// The real service and the real fake upstream, for tests: each a process of its own, on a port of
// its own, that ends with the test.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestContext } from "node:test";
import { Probity, type Options, type WhenAway } from "@probity/sdk";

/** The package's folder. */
export const HERE = fileURLToPath(new URL("../..", import.meta.url));
const BINARY = process.env["PROBITY_BIN"] ?? join(HERE, "../../target/debug/probity");
const CONTRACTS = process.env["PROBITY_CONTRACTS"] ?? join(HERE, "../../contracts");

/** A table that the tests of every SDK read. */
export function table<T>(name: string): T {
  const path = join(CONTRACTS, "../sdk/fixtures", `${name}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** A service with a database of its own. */
export class Service {
  url = "";
  key = "";
  sandboxKey = "";
  #process: ChildProcess | undefined;
  #folder = mkdtempSync(join(tmpdir(), "probity-sdk-"));

  static async of(t: TestContext): Promise<Service> {
    const service = new Service();
    await service.start();
    t.after(async () => {
      await service.stop();
      rmSync(service.#folder, { recursive: true });
    });
    return service;
  }

  /** Starts it, again on the same port. */
  async start(): Promise<void> {
    const listen = this.url === "" ? "127.0.0.1:0" : new URL(this.url).host;
    const contract = join(CONTRACTS, "jobscout");
    const database = join(this.#folder, "probity.db");
    const args = ["serve", contract, "--database", database, "--listen", listen];
    const child = spawn(BINARY, args, { cwd: this.#folder, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, name, key = ""] = /^(live|sandbox) key: (\S+)/.exec(line) ?? [];
      if (name === "live") this.key = key;
      if (name === "sandbox") this.sandboxKey = key;
    });
    this.url = await listening(child);
  }

  /** Ends it, in order. */
  async stop(): Promise<void> {
    await stopped(this.#process);
    this.#process = undefined;
  }

  /** A client of its live books that loses no time between tries. */
  client<Away extends WhenAway = "refuse">(options: Options<Away> = {}): Probity<Away> {
    const onTrouble = (error: Error) => assertNever(error);
    return new Probity<Away>({
      url: this.url,
      key: this.key,
      backoff: () => 5,
      onTrouble,
      ...options,
    });
  }

  /** The same, with a customer on the plan `pro`: 120 credits. */
  async with(customer: string, plan = "pro"): Promise<Probity> {
    const probity = this.client();
    await probity.putCustomer(customer, { plan });
    return probity;
  }
}

/** A fake AI upstream; what it is asked with `Fake-Fault` goes wrong. */
export async function upstream(t: TestContext): Promise<string> {
  const args = ["fake-upstream", "--listen", "127.0.0.1:0", "--pace", "20"];
  const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => stopped(child));
  return listening(child);
}

/** What no test expects ends it: clients let nothing that is thrown here pass. */
function assertNever(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

async function listening(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((found, failed) => {
    child.on("error", failed);
    child.on("exit", () => failed(new Error(`it ended:\n${said.join("\n")}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream! }).on("line", (line) => {
        said.push(line);
        const [, url] = /Listening on (http:\/\/[^;]+);/.exec(line) ?? [];
        if (url !== undefined) found(url);
      });
    }
  });
}

async function stopped(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
