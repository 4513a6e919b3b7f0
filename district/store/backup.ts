import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { checkServer, lockDataDir, storeFile } from "../data-dir.ts";
import { readHead } from "../ledger/pull.ts";
import { openAudit } from "./audit.ts";
import { startEpoch } from "./meta.ts";
import { sqliteStore } from "./open.ts";
import { openSqlite } from "./sqlite.ts";

/** What was named is not a whole backup of a district's ledger. */
export class NoBackup extends Error {}

/** Copies the ledger into a file while the district goes on; what was answered before is in it. Resolves when it was read through once more. */
export async function backUp(dataDir: string, file: string): Promise<void> {
  const db = new Database(storeFile(dataDir), { readonly: true, fileMustExist: true });
  try {
    await db.backup(`${file}.part`);
  } finally {
    db.close();
  }
  serverOf(`${file}.part`);
  renameSync(`${file}.part`, file);
}

/**
 * Puts a backup in the place of the ledger of a district that does not run, and begins a new epoch (PR-6). What was there
 * before is kept beside it. Throws `InUse`, `OtherStore`, `NoBackup`.
 */
export async function restore(
  dataDir: string,
  file: string,
  options: { readonly now: () => number; readonly epoch: string },
): Promise<{ readonly head: number; readonly kept: string | null }> {
  const unlock = lockDataDir(dataDir);
  try {
    checkServer(dataDir, serverOf(file));
    const place = storeFile(dataDir);
    const kept = existsSync(place) ? `${place}.${options.now()}` : null;
    copyFileSync(file, `${place}.part`);
    for (const end of ["", "-wal", "-shm"])
      if (kept !== null && existsSync(place + end)) renameSync(place + end, kept + end);
    renameSync(`${place}.part`, place);
    const store = sqliteStore(openSqlite(place));
    try {
      await startEpoch(store, options.epoch);
      await openAudit(store.db, options.now)("epoch", null, "restored");
      return { head: await readHead(store.db), kept };
    } finally {
      await store.close();
    }
  } finally {
    unlock();
  }
}

/** The district that a ledger is of. Throws `NoBackup` when the file is none, or is broken. */
function serverOf(file: string): string {
  if (!existsSync(file)) throw new NoBackup(file);
  try {
    const db = new Database(file, { readonly: true });
    try {
      const sound = db.pragma("integrity_check", { simple: true });
      const server = db.prepare("SELECT value FROM meta WHERE key = 'serverId'").pluck().get();
      if (sound !== "ok" || typeof server !== "string") throw new NoBackup(file);
      return server;
    } finally {
      db.close();
      for (const end of ["-wal", "-shm"]) rmSync(file + end, { force: true });
    }
  } catch {
    throw new NoBackup(file);
  }
}
