import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Op } from "#shared/op/op.ts";
import { loadPeer } from "#test/bench/peers.ts";
import { type LinkKind, openProxy } from "./proxy.ts";

/** Longest silence that a peer's request is given; of themselves they would wait for ever. */
const silenceMs = 10_000;

export interface PeerRun {
  readonly ms: number;
  readonly up: number;
  readonly down: number;
}
export type PeerName = "pouchdb" | "rxdb";

// biome-ignore lint/suspicious/noExplicitAny: the peers' types are not installed with the product
type Any = any;

/** A peer carries the same ops, one document each, through the same link: all of them up, then down into a fresh store. */
export async function playPeer(
  peer: PeerName,
  ops: readonly Op[],
  link: LinkKind,
  seed: number,
  limitMs: number,
): Promise<{ push: PeerRun; pull: PeerRun }> {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-peer-"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "peer-server.ts"), folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const port = await new Promise<number>((resolve) =>
      createInterface({ input: child.stdout }).once("line", (line) => resolve(Number(line))),
    );
    const play = peer === "pouchdb" ? playPouch : playRx;
    const through = async (way: "push" | "pull", by: LinkKind): Promise<PeerRun> => {
      const proxy = await openProxy(by, port, seed);
      proxy.begin();
      const ms = await play(way, ops, `http://127.0.0.1:${proxy.port}`, folder, limitMs);
      const { up, down } = proxy.carried;
      await proxy.close();
      return { ms, up, down };
    };
    const push = await through("push", link);
    // What a broken push left out is brought up straight, so that the pull has all of it.
    if (!Number.isFinite(push.ms))
      await through("push", { name: "straight", rttMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY });
    return { push, pull: await through("pull", link) };
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const fetchInTime = (url: string, options: RequestInit = {}) =>
  fetch(url, { ...options, signal: AbortSignal.timeout(silenceMs) });

async function playPouch(
  way: "push" | "pull",
  ops: readonly Op[],
  url: string,
  folder: string,
  limitMs: number,
): Promise<number> {
  const { default: PouchDB } = await loadPeer<Any>("pouchdb");
  const local = new PouchDB(join(folder, `${way}-${url.split(":").at(-1)}`));
  if (way === "push") await local.bulkDocs(ops.map((op) => ({ ...op, _id: op.id })));
  const remote = new PouchDB(`${url}/db`, {
    skip_setup: true,
    fetch: (to: string, options: Any) => PouchDB.fetch(to, { ...options, signal: AbortSignal.timeout(silenceMs) }),
  });
  const startedAt = performance.now();
  let done = false;
  // Its own retry waits up to ten minutes: a fresh replication after a second is the best that a user of it can do.
  while (!done && performance.now() - startedAt < limitMs) {
    const replication = way === "push" ? local.replicate.to(remote) : local.replicate.from(remote);
    const limit = setTimeout(() => replication.cancel(), limitMs - (performance.now() - startedAt));
    const outcome = await Promise.race([
      replication.then(
        (info: Any) => info.ok && info.status === "complete",
        () => false,
      ),
      new Promise((resolve) =>
        setTimeout(() => resolve(false), Math.max(0, limitMs - (performance.now() - startedAt))),
      ),
    ]);
    clearTimeout(limit);
    done = outcome === true;
    if (!done) await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  const ms = performance.now() - startedAt;
  await local.close().catch(() => {});
  return done ? ms : Number.POSITIVE_INFINITY;
}

async function playRx(
  way: "push" | "pull",
  ops: readonly Op[],
  url: string,
  _folder: string,
  limitMs: number,
): Promise<number> {
  const { createRxDatabase } = await loadPeer<Any>("rxdb");
  const { getRxStorageMemory } = await loadPeer<Any>("rxdb/plugins/storage-memory");
  const { replicateRxCollection } = await loadPeer<Any>("rxdb/plugins/replication");
  const database = await createRxDatabase({
    name: `${way}${url.split(":").at(-1)}`,
    storage: getRxStorageMemory(),
    multiInstance: false,
  });
  const fields = { street: "string", device: "string", by: "string", kind: "string" };
  const properties = Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }]));
  await database.addCollections({
    ops: {
      schema: {
        version: 0,
        primaryKey: "id",
        type: "object",
        properties: {
          id: { type: "string", maxLength: 64 },
          ...properties,
          v: { type: "number" },
          seq: { type: "number" },
          at: { type: "number" },
          body: { type: "object" },
        },
      },
    },
  });
  const collection = database.ops;
  if (way === "push") await collection.bulkInsert(ops.map((op) => ({ ...op })));
  let pushed = 0;
  let pulled = 0;
  const startedAt = performance.now();
  const replication = replicateRxCollection({
    collection,
    replicationIdentifier: way,
    live: false,
    retryTime: 1_000,
    ...(way === "push"
      ? {
          push: {
            batchSize: 100,
            async handler(rows: Any[]) {
              const answer = await fetchInTime(`${url}/rx/push`, { method: "POST", body: JSON.stringify({ rows }) });
              await answer.json();
              pushed += rows.length;
              return [];
            },
          },
        }
      : {
          pull: {
            batchSize: 100,
            async handler(checkpoint: Any, limit: number) {
              const after = checkpoint?.after ?? 0;
              const answer = await fetchInTime(`${url}/rx/pull?after=${after}&limit=${limit}`);
              const page = (await answer.json()) as { documents: unknown[] };
              pulled = after + page.documents.length;
              return page;
            },
          },
        }),
  });
  const all = ops.length;
  const isDone = () => (way === "push" ? pushed >= all : pulled >= all);
  while (!isDone() && performance.now() - startedAt < limitMs) await new Promise((resolve) => setTimeout(resolve, 5));
  const ms = isDone() ? performance.now() - startedAt : Number.POSITIVE_INFINITY;
  await Promise.race([replication.cancel(), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  await Promise.race([database.close(), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  return ms;
}
