import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Makes the folder of the district's data, for its owner only, and checks that it can be written. */
export function openDataDir(dir: string): void {
  process.umask(0o077);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  accessSync(dir, constants.W_OK | constants.R_OK);
}

export const storeFile = (dir: string): string => join(dir, "district.db");

/** Another district runs on the same folder. */
export class InUse extends Error {}

/** Holds the folder for one running district. The lock is SQLite's, so it goes with the process however that ends. */
export function lockDataDir(dir: string): () => void {
  const lock = new Database(join(dir, "lock.db"), { timeout: 0 });
  try {
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw (error as { code?: string }).code === "SQLITE_BUSY" ? new InUse(dir) : error;
  }
  return () => lock.close();
}

/** The folder's keys and the store belong to two districts: to start would show every desk a stranger. */
export class OtherStore extends Error {}

/** Folder and store name the same district from the first start on; `null`: the store is empty. Throws `OtherStore`. */
export function checkServer(dir: string, serverId: string | null): void {
  const file = join(dir, "server-id");
  if (existsSync(file) && readFileSync(file, "utf8").trim() !== serverId) throw new OtherStore(dir);
  if (serverId !== null) writeFileSync(file, serverId);
}

/** What listens on a port of its own: for the desks, and the operator's page. */
export type Listener = "port" | "page-port";

/** The port that it had the last time: desks remember the address they enrolled at, people that of the page. */
export function lastPort(dir: string, of: Listener = "port"): number {
  try {
    const port = Number(readFileSync(join(dir, of), "utf8"));
    return Number.isInteger(port) && port > 1_023 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}

export const keepPort = (dir: string, port: number, of: Listener = "port"): void =>
  writeFileSync(join(dir, of), String(port));
