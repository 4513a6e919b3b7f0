import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Db } from "./database.ts";

/** Snapshots kept, newest first [D]. */
export const snapshotsKept = 24;

export interface Snapshot {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
}

const namePattern = /^desk-(\d+)\.db$/;
const folderOf = (profileDir: string): string => join(profileDir, "snapshots");

export function listSnapshots(profileDir: string): Snapshot[] {
  const folder = folderOf(profileDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => {
      const at = namePattern.exec(file)?.[1];
      return at ? [{ file, at: Number(at), bytes: statSync(join(folder, file)).size }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

/** Writes a whole, sound copy (`VACUUM INTO`, then renamed) and lets the oldest go. */
export function takeSnapshot(db: Db, profileDir: string, at: number): Snapshot {
  const folder = folderOf(profileDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = `desk-${at}.db`;
  const draft = join(folder, `${file}.part`);
  rmSync(draft, { force: true });
  db.prepare("VACUUM INTO ?").run(draft);
  renameSync(draft, join(folder, file));
  for (const old of listSnapshots(profileDir).slice(snapshotsKept)) rmSync(join(folder, old.file), { force: true });
  return { file, at, bytes: statSync(join(folder, file)).size };
}

function isSound(path: string): boolean {
  try {
    const db = new Sqlite(path, { readonly: true });
    const answer = db.pragma("quick_check(1)", { simple: true });
    db.close();
    return answer === "ok";
  } catch {
    return false;
  }
}

/** Sets the database at `file` aside (never deletes it) and puts a snapshot in its place; false when none is sound. */
export function restoreSnapshot(profileDir: string, file: string, wanted: string | null, at: number): boolean {
  const choices = listSnapshots(profileDir).filter((snapshot) => wanted === null || snapshot.file === wanted);
  const chosen = choices.find((snapshot) => isSound(join(folderOf(profileDir), snapshot.file)));
  if (!chosen) return false;
  const aside = join(profileDir, "quarantine", String(at));
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, join(aside, `desk.db${suffix}`));
  }
  copyFileSync(join(folderOf(profileDir), chosen.file), file);
  return true;
}
