// What can go wrong before Probity runs, told as Probity tells its own errors: a code, what
// happened, what to do. In each case nothing was run.

// As shells end where a command cannot be had or started; no exit code of Probity's own.
export const NOT_THERE = 127;
export const NOT_STARTED = 126;

export class Trouble extends Error {
  constructor(code, what, fix, exit = NOT_THERE) {
    super(what);
    Object.assign(this, { code, fix, exit });
  }
}

/** Tells on standard error what stood in the way, and sets the exit code. */
export function told(error) {
  if (!(error instanceof Trouble)) {
    const what = `something unforeseen: ${error?.message ?? error}`;
    error = new Trouble("unforeseen", what, `report it, please; until then, ${ANOTHER_WAY}`);
  }
  process.stderr.write(`error[${error.code}]: ${error.message}\n`);
  process.stderr.write(`  nothing was run\n  fix: ${error.fix}\n`);
  process.exitCode = error.exit;
}

export const ANOTHER_WAY =
  "take the archive by hand, the container, or build it from the source (docs/install.md)";
