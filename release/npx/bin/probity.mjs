#!/usr/bin/env node
// The command `probity` of the npm package: makes sure that the released binary is there, and
// becomes it as far as Node can. It knows no option of its own: every argument is Probity's.

import { installed } from "../lib/install.mjs";
import { run } from "../lib/run.mjs";
import { told } from "../lib/trouble.mjs";

try {
  await run(await installed(), process.argv.slice(2));
} catch (error) {
  told(error);
}
