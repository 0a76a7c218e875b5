// Runs the binary as if it stood in this process's place: arguments, standard input and output,
// signals and the way it ends are handed through. Node cannot be replaced by another program, so it
// waits beside.

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { NOT_STARTED, Trouble } from "./trouble.mjs";

const HANDED_ON = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH"];

/** Ends when the binary has ended, with the same exit code or by the same signal. */
export async function run(binary, args) {
  const child = spawn(binary, args, { stdio: "inherit" });
  // On a terminal Ctrl-C reaches both; a second one changes nothing for what is stopping already.
  const handlers = HANDED_ON.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const [code, signal] = await ended(child, binary);
  for (const [name, handler] of handlers) process.off(name, handler);
  if (signal) {
    process.kill(process.pid, signal);
    // Where the signal is one that Node does not end by.
    process.exitCode = 128 + constants.signals[signal];
  } else {
    process.exitCode = code;
  }
}

function ended(child, binary) {
  return new Promise((done, failed) => {
    child.on("exit", (code, signal) => done([code, signal]));
    child.on("error", (error) => {
      const what = `${binary} could not be started: ${error.message}`;
      const fix =
        "remove its folder and try again; where programs may not run there, name another cache " +
        "folder with XDG_CACHE_HOME";
      failed(new Trouble("not_started", what, fix, NOT_STARTED));
    });
  });
}
