// One file out of a tar: whole blocks, odd ends, and names that are not there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileIn } from "../lib/archive.mjs";

const folder = mkdtempSync(join(tmpdir(), "probity-npx-"));
after(() => rmSync(folder, { recursive: true }));

mkdirSync(join(folder, "a"));
const files = { empty: 0, one: 1, block: 512, more: 513 };
for (const [name, size] of Object.entries(files)) {
  writeFileSync(join(folder, "a", name), Buffer.alloc(size, name[0]));
}
const packed = execFileSync("tar", ["--format=ustar", "-czf", "-", "a"], { cwd: folder });

test("each file comes back as it was", () => {
  for (const [name, size] of Object.entries(files)) {
    assert.deepEqual(Buffer.from(fileIn(packed, `a/${name}`)), Buffer.alloc(size, name[0]));
  }
});

test("what is not in it is not found", () => {
  for (const name of ["a/other", "one", "", "a/on"]) {
    assert.equal(fileIn(packed, name), undefined, name);
  }
});
