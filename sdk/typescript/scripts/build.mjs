// Builds the package into `dist`, and its tests and examples into `.build`, both from nothing.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

function compile(project) {
  const { status } = spawnSync(process.execPath, [tsc, "-p", project], {
    cwd: here,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

for (const folder of ["dist", ".build"])
  rmSync(`${here}/${folder}`, { recursive: true, force: true });
compile("tsconfig.json");
// A package that was unpacked has no tests.
if (existsSync(`${here}/test`)) compile("test/tsconfig.json");
