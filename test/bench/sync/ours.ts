import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Sqlite from "better-sqlite3";
import { v7 } from "uuid";
import { syncStore } from "#core/open-desk.ts";
import { openChain } from "#core/store/chain.ts";
import { record } from "#core/store/commit.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { writeMeta } from "#core/store/meta.ts";
import { waitingOps } from "#core/store/outbox.ts";
import { enrol, makeDeskKey } from "#core/sync/enrol.ts";
import { createSync } from "#core/sync/sync.ts";
import type { Op } from "#shared/op/op.ts";
import { realPorts } from "../../real-ports.ts";
import { type Planned, plannedOps, street } from "./ops.ts";
import { type LinkKind, openProxy } from "./proxy.ts";

export const ports = {
  ...realPorts,
  log: process.env.BENCH_LOG ? (line: string) => console.log(`  ${performance.now().toFixed(0)} ${line}`) : () => {},
  appVersion: "bench",
};
const root = join(import.meta.dirname, "../../..");

export interface Run {
  readonly ms: number;
  readonly up: number;
  readonly down: number;
  readonly firstByteMs: readonly number[];
  /** Contents that are not the same at both ends. */
  readonly differing: number;
}

/** A folder with a desk that has recorded `count` ops and told nobody, and those ops. */
export function prepare(count: number): { readonly folder: string; readonly ops: readonly Op[] } {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-"));
  const db = open(join(folder, "a.db"));
  recordAll(db, plannedOps(count));
  const ops = waitingOps(db, "a", 1_000_000);
  db.close();
  return { folder, ops };
}

/** Records what was planned, all in one transaction. */
export function recordAll(db: Db, planned: Iterable<Planned>): void {
  const author = { at: 1_795_000_000_000, street, newId: () => v7() };
  db.transaction(() => {
    for (const { kind, body } of planned) {
      const done = record(db, kind, body, { ...author, by: kind === "officer.put" ? "setup" : "officer-1" });
      if (!done.ok) throw new Error(`${kind}: ${done.error.id}`);
    }
  })();
}

export function open(file: string): Db {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  openChain(db, ports);
  writeMeta(db, "street", street);
  return db;
}

export async function startDistrict(dir: string): Promise<{ child: ChildProcess; url: string; file: string }> {
  const child = spawn(process.execPath, [join(root, "district/main.ts"), "--data", dir, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the district ended")));
    createInterface({ input: child.stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
  return { child, url, file: join(dir, "district.db") };
}

/** Enrols at the district itself; from then on the desk goes through the proxy. */
export async function enrolled(db: Db, url: string, through: number): Promise<void> {
  const done = await enrol({ url, code: "sample", deskName: "台", street }, makeDeskKey(), ports);
  if (!done.ok) throw new Error(done.error.id);
  syncStore(db).saveEnrolment({ ...done.value, url: `https://127.0.0.1:${through}` });
}

/** Runs a desk's end of the wire until `done`, and says how long that took. */
export async function runUntil(
  db: Db,
  done: (store: ReturnType<typeof syncStore>) => boolean,
  limitMs: number,
): Promise<number> {
  const store = syncStore(db);
  const startedAt = performance.now();
  const sync = createSync({ store, ...ports });
  while (!done(store) && performance.now() - startedAt < limitMs)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const ms = done(store) ? performance.now() - startedAt : Number.POSITIVE_INFINITY;
  await sync.close();
  return ms;
}

/** Sends `count` prepared ops through the link, then lets a fresh desk of the street receive them through it. */
export async function playOurs(
  prepared: { folder: string; ops: readonly Op[] },
  link: LinkKind,
  seed: number,
  what: readonly ("push" | "pull")[],
  limitMs: number,
): Promise<{ push?: Run; pull?: Run }> {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-run-"));
  const district = await startDistrict(join(folder, "district"));
  const port = Number(new URL(district.url).port);
  const straight = { name: "straight", rttMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY };
  const found: { push?: Run; pull?: Run } = {};
  try {
    cpSync(join(prepared.folder, "a.db"), join(folder, "a.db"));
    for (const turn of ["push", "pull"] as const) {
      if (turn === "pull" && !what.includes("pull")) continue;
      const proxy = await openProxy(what.includes(turn) ? link : straight, port, seed);
      const db = open(join(folder, turn === "push" ? "a.db" : "b.db"));
      await enrolled(db, district.url, proxy.port);
      proxy.begin();
      const all = prepared.ops.length;
      const ms = await runUntil(
        db,
        turn === "push" ? (store) => store.counts().waiting === 0 : (store) => store.cursor() >= all,
        limitMs,
      );
      // Own ops are numbered by the push; both ends are compared once the desk has also read the ledger.
      const { up, down } = proxy.carried;
      await proxy.close();
      const differing = turn === "pull" && Number.isFinite(ms) ? compare(db, district.file) : 0;
      db.close();
      if (what.includes(turn)) found[turn] = { ms, up, down, firstByteMs: proxy.firstByteMs, differing };
    }
  } finally {
    district.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

/** Contents at both ends, by SQL of its own: entities that one end lacks or has otherwise. */
export function compare(db: Db, districtFile: string): number {
  const theirs = new Sqlite(districtFile, { readonly: true });
  const read = (from: Sqlite.Database): Map<string, string> =>
    new Map(
      (
        from.prepare("SELECT kind || '/' || id AS key, state FROM entity WHERE state <> 'null'").all() as {
          key: string;
          state: string;
        }[]
      ).map(({ key, state }) => [key, JSON.stringify(Object.entries(JSON.parse(state)).sort())]),
    );
  const [here, there] = [read(db), read(theirs)];
  theirs.close();
  const keys = new Set([...here.keys(), ...there.keys()]);
  return [...keys].filter((key) => here.get(key) !== there.get(key)).length;
}
