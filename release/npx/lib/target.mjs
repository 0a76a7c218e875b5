// Which archive fits this machine, and where it is. It asks nothing of the network.

import { readFileSync } from "node:fs";
import { Trouble } from "./trouble.mjs";

// Binaries for Linux are static: the libraries of a distribution do not matter.
const TARGETS = {
  "linux x64": "x86_64-unknown-linux-musl",
  "linux arm64": "aarch64-unknown-linux-musl",
  "darwin x64": "x86_64-apple-darwin",
  "darwin arm64": "aarch64-apple-darwin",
};

/** What the release that this package belongs to consists of. */
export function release() {
  return JSON.parse(readFileSync(new URL("../release.json", import.meta.url), "utf8"));
}

/** The archive for this machine: its name, address, checksum and size. */
export function archive({ version, repository, archives }, machine = process, env = process.env) {
  const target = TARGETS[`${machine.platform} ${machine.arch}`];
  if (Object.keys(archives).length === 0) {
    const what =
      "this probity-cli comes from a source tree, not from a release: it knows no archive";
    throw new Trouble("not_released", what, fromSource(version, repository));
  }
  if (!target || !archives[target]) {
    const what = `probity ${version} has no binary for ${machine.platform} on ${machine.arch}`;
    const windows = machine.platform === "win32" ? "run it inside WSL, or " : "";
    throw new Trouble("no_binary", what, windows + fromSource(version, repository));
  }
  const folder = `probity-${version}-${target}`;
  const file = `${folder}.tar.gz`;
  const base = mirror(env) ?? `${repository}/releases/download/v${version}`;
  return { version, folder, file, url: `${base}/${file}`, ...archives[target] };
}

/** Where PROBITY_MIRROR says that archives are; what is there must have the same checksums. */
function mirror(env) {
  const named = env.PROBITY_MIRROR?.replace(/\/+$/, "");
  if (named && !(/^https?:\/\//.test(named) && URL.canParse(named))) {
    const what = "PROBITY_MIRROR is not an address that begins with https:// or http://";
    throw new Trouble("bad_mirror", what, "name the folder that holds the archives, or unset it");
  }
  return named || undefined;
}

function fromSource(version, repository) {
  const from = repository ? `--git ${repository} --tag v${version} probity-cli` : "--path crates/cli";
  return `build it from the source, with Rust: cargo install --locked ${from}`;
}
