// Takes one file out of a .tar.gz that is known to be ours: its checksum was held against the
// release's before. So it reads the old plain form (ustar) that release/build writes, and no other.

import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** The content of the named file, or nothing where the archive does not hold it. */
export function fileIn(archive, name) {
  const tar = gunzipSync(archive);
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    const found = text(header, 0, 100);
    // Empty blocks stand at the end.
    if (!found) break;
    const size = parseInt(text(header, 124, 12), 8) || 0;
    if (found === name) return tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function text(header, start, length) {
  return header.toString("latin1", start, start + length).split("\0")[0].trim();
}
