import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { headBytes } from "#shared/domain/attachment/media.ts";
import { dayMs } from "#shared/lib/time.ts";

/** A stray (a content that nothing names) is swept when it is this old: what was named may come back from the district first. */
const strayMs = dayMs;

const folderOf = (profileDir: string): string => join(profileDir, "attachments");

/** Where a content lies: named by its hash, so that what an op names is what is there. */
export const contentPath = (profileDir: string, sha256: string): string =>
  join(folderOf(profileDir), sha256.slice(0, 2), sha256);

/** What is on its way down, up to where it came. */
export const partPath = (profileDir: string, sha256: string): string =>
  join(folderOf(profileDir), "parts", `${sha256}.part`);

export function sizeOfFile(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

export const holdsContent = (profileDir: string, sha256: string, bytes: number): boolean =>
  sizeOfFile(contentPath(profileDir, sha256)) === bytes;

/** SHA-256 of a file, hex, read in pieces so that the core answers meanwhile. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}

export function readHead(path: string): Uint8Array {
  const open = openSync(path, "r");
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(open, head, 0, headBytes, 0));
  } finally {
    closeSync(open);
  }
}

const flush = (path: string): void => {
  const open = openSync(path, "r");
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
};

/** AT-4: puts a whole file in its place for good: its bytes first, then its name. Durable when it returns. */
export function placeContent(profileDir: string, from: string, sha256: string): void {
  const to = contentPath(profileDir, sha256);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  flush(from);
  renameSync(from, to);
  flush(dirname(to));
  flush(folderOf(profileDir));
}

/** AT-6: what is not what its name says is set aside, never shown and never deleted. */
export function setAside(profileDir: string, sha256: string, at: number): void {
  const path = contentPath(profileDir, sha256);
  if (!existsSync(path)) return;
  const aside = join(profileDir, "quarantine", "attachments");
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  renameSync(path, join(aside, `${sha256}-${at}`));
}

function* contents(profileDir: string): Iterable<{ sha256: string; path: string }> {
  const folder = folderOf(profileDir);
  if (!existsSync(folder)) return;
  for (const part of readdirSync(folder)) {
    if (part.length !== 2) continue;
    for (const sha256 of readdirSync(join(folder, part))) yield { sha256, path: join(folder, part, sha256) };
  }
}

/** AT-4: takes away contents that nothing names: a kill came between the file and its op. Answers how many. */
export function sweepStrays(profileDir: string, isNamed: (sha256: string) => boolean, at: number): number {
  let swept = 0;
  for (const { sha256, path } of contents(profileDir)) {
    if (isNamed(sha256) || at - statSync(path).mtimeMs < strayMs) continue;
    rmSync(path, { force: true });
    swept++;
  }
  return swept;
}

/** AT-4: a database that was put back from a snapshot may name less than it will when the district has spoken: nothing counts as old. */
export function spareContents(profileDir: string, at: number): void {
  for (const { path } of contents(profileDir)) utimesSync(path, at / 1_000, at / 1_000);
}

/** Bytes free on the disk of the profile. */
export function freeBytes(profileDir: string): number {
  const { bavail, bsize } = statfsSync(profileDir);
  return bavail * bsize;
}
