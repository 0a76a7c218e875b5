// The package as it is published: what is in it, that it works where it is installed, and that a
// strict consumer compiles against its types.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { HERE, Service, upstream } from "./serving.js";

const run = promisify(execFile);
const requires = createRequire(import.meta.url);

interface Manifest {
  exports: Record<string, unknown>;
  devDependencies: Record<string, string>;
}

const MANIFEST = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as Manifest;

const STRICT = {
  compilerOptions: {
    target: "ES2022",
    jsx: "react-jsx",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  },
  include: ["*.ts", "*.tsx"],
};
/** How consumers find modules: Node.js does it, or what bundles them. */
const RESOLUTIONS = [
  { module: "Node16", moduleResolution: "Node16" },
  { module: "NodeNext", moduleResolution: "NodeNext" },
  { module: "Preserve", moduleResolution: "Bundler" },
];

test("the package works where it is installed, and its types hold", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "probity-sdk-consumer-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const npm = (...args: string[]) => run("npm", args, { cwd: folder });
  // It is built already: building it anew would take away what other tests run.
  const packed = await npm("pack", HERE, "--json", "--ignore-scripts");
  const [{ filename, files }] = JSON.parse(packed.stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  const outside = files.map(({ path }) => path).filter((path) => !path.startsWith("dist/"));
  assert.deepEqual(outside.sort(), ["LICENSE", "README.md", "package.json"]);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--silent"];
  const beside = ["openai", "react", "@types/node", "@types/react"];
  const wanted = beside.map((name) => `${name}@${MANIFEST.devDependencies[name]}`);
  await npm("install", `./${filename}`, ...wanted, ...quiet);
  // The README's lines are JavaScript once their types are taken off.
  cpSync(join(HERE, ".build/examples/start.js"), join(folder, "start.js"));
  cpSync(join(HERE, "examples/start.ts"), join(folder, "start.ts"));
  writeFileSync(join(folder, "consumer.ts"), CONSUMER);
  cpSync(join(HERE, "examples/button.tsx"), join(folder, "button.tsx"));
  const tsc = requires.resolve("typescript/bin/tsc");
  for (const how of RESOLUTIONS) {
    const compilerOptions = { ...STRICT.compilerOptions, ...how };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ ...STRICT, compilerOptions }));
    await run(process.execPath, [tsc, "-p", folder]).catch((error: { stdout: string }) => {
      assert.fail(error.stdout);
    });
  }
  const service = await Service.of(t);
  await service.with("ana");
  const openaiAt = { OPENAI_BASE_URL: `${await upstream(t)}/v1`, OPENAI_API_KEY: "none" };
  const env = { ...process.env, ...openaiAt, PROBITY_URL: service.url, PROBITY_KEY: service.key };
  const { stdout } = await run(process.execPath, ["start.js"], { cwd: folder, env });
  assert.match(stdout, /Done\. 5 credits used/);
});

/** What a consumer may rely on, as types. */
const CONSUMER = `
import { Probity, ProbityDenied, type Receipt, type WayForward } from "@probity/sdk";
import { track } from "@probity/sdk/openai";
import { ProbityPrice, ProbityWallet, type ProbityElement, type Way } from "@probity/sdk/react";
import { createElement, createRef } from "react";

const onWay = ({ way }: Way, event: CustomEvent<Way>) =>
  way.do === "top_up" ? event.preventDefault() : undefined;
createElement(ProbityPrice, { action: "a", onWay, ref: createRef<ProbityElement>(), title: "t" });
createElement(ProbityWallet, { className: "pill", "aria-label": "credits" });
// @ts-expect-error: a price is of an action
createElement(ProbityPrice, { artifact: "d" });
// @ts-expect-error: it opens towards the start, or as usual
createElement(ProbityWallet, { side: "left" });

const probity = new Probity({ key: "sk_live_x" });
const sure: Promise<{ value: number; receipt: Receipt }> =
  probity.run("a", { customer: "b" }, () => 7);
const goesOn = new Probity({ key: "sk_live_x", whenAway: "go_on" });
const perhaps: Promise<{ value: number; receipt: Receipt | null }> =
  goesOn.run("a", { customer: "b" }, () => 7);
// @ts-expect-error: without Probity there may be no receipt
const wrong: Promise<{ receipt: Receipt }> = goesOn.run("a", { customer: "b" }, () => 7);
// @ts-expect-error: credits are a decimal string
probity.run("a", { customer: "b", maxPrice: 5 }, () => 7);

export function href(error: unknown): string | null | undefined {
  if (!(error instanceof ProbityDenied)) return undefined;
  const way: WayForward | undefined = error.waysForward[0];
  if (way?.do === "top_up") return way.credits + way.href;
  return error.code === "paused" ? null : undefined;
}
export { sure, perhaps, wrong, track };
`;
