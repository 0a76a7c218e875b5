// The released binary in the user's cache folder: fetched once, written only after its checksum was
// seen to be right, and there whole or not at all. Two at once do no harm: the first to finish
// stays. The folder is the same as that of the Python package.

import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileIn } from "./archive.mjs";
import { download, without } from "./download.mjs";
import { archive, release } from "./target.mjs";
import { ANOTHER_WAY, Trouble } from "./trouble.mjs";

/** The path of the binary, which is there when this returns. */
export async function installed() {
  const wanted = archive(release());
  const cache = cacheFolder();
  // By its checksum: another archive of the same number is another binary.
  const folder = join(cache, `${wanted.folder}-${wanted.sha256.slice(0, 16)}`);
  const binary = join(folder, "probity");
  if (!(await isThere(binary))) await place(await fetched(wanted), cache, folder);
  return binary;
}

function cacheFolder(env = process.env) {
  const home = process.platform === "darwin" ? "Library/Caches" : ".cache";
  return join(env.XDG_CACHE_HOME || join(homedir(), home), "probity", "cli");
}

async function isThere(path) {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The binary out of the archive, which is what was released. */
async function fetched(wanted) {
  const size = `${(wanted.bytes / 1e6).toFixed(1)} MB`;
  process.stderr.write(`probity ${wanted.version}: fetching ${wanted.file} (${size}), once\n`);
  const content = await received(wanted);
  if (content.length < wanted.bytes) {
    const what = `the download broke off: ${content.length} of ${wanted.bytes} bytes came`;
    throw new Trouble("cut_off", what, `try again; where it stays so, ${ANOTHER_WAY}`);
  }
  const sha256 = createHash("sha256").update(content).digest("hex");
  if (content.length > wanted.bytes || sha256 !== wanted.sha256) {
    const url = without(wanted.url).href;
    const what = `${url} is not what was released: its checksum is another one`;
    const fix =
      "do not use what is there; try again from another network or without PROBITY_MIRROR, and " +
      "report it where it stays so";
    throw new Trouble("wrong_checksum", what, fix);
  }
  const binary = fileIn(content, `${wanted.folder}/probity`);
  if (!binary) throw new Error(`${wanted.file} holds no ${wanted.folder}/probity`);
  return binary;
}

async function received(wanted) {
  try {
    return await download(wanted.url, wanted.bytes);
  } catch (error) {
    // Where several addresses were tried, the error itself has no words.
    const why = error.message || error.errors?.[0]?.message || error.code;
    const what = `${without(wanted.url).href} could not be fetched: ${why}`;
    const fix =
      "check the network and the proxy (https_proxy, no_proxy); PROBITY_MIRROR names another " +
      "place that has the archives";
    throw new Trouble("not_fetched", what, fix);
  }
}

async function place(binary, cache, folder) {
  let aside;
  try {
    await mkdir(cache, { recursive: true });
    aside = await mkdtemp(join(cache, ".new-"));
    await writeFile(join(aside, "probity"), binary);
    await chmod(join(aside, "probity"), 0o755);
    await rename(aside, folder);
  } catch (error) {
    if (aside) await rm(aside, { recursive: true, force: true });
    // Somebody else was sooner.
    if (await isThere(join(folder, "probity"))) return;
    const what = `${folder} could not be written: ${error.message}`;
    const fix =
      "make room and remove what is there, or name another cache folder with XDG_CACHE_HOME";
    throw new Trouble("not_written", what, fix);
  }
}
