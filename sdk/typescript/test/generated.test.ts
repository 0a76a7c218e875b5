// The types in `src/generated` are those of the real service. `npm run generate` writes them anew.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import openapiTS, { astToString } from "openapi-typescript";
import { HERE, Service } from "./serving.js";

const HEAD =
  "// Generated from the service's /openapi.json by `npm run generate`: not to be changed by hand.\n\n";
/** Where the sources are that are kept; tests may run on a copy of them. */
const SOURCES = process.env["PROBITY_SDK_SOURCES"] ?? HERE;

test("the generated types are those of the service", async (t) => {
  const service = await Service.of(t);
  const document = await (await fetch(`${service.url}/openapi.json`)).text();
  const made = HEAD + astToString(await openapiTS(document, { emptyObjectsUnknown: true }));
  const file = join(SOURCES, "src/generated/api.ts");
  if (process.env["UPDATE"]) writeFileSync(file, made);
  const kept = readFileSync(file, "utf8");
  assert.ok(kept === made, `${file} is out of date: npm run generate`);
});
