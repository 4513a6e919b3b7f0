import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { seed } from "#test/seed.ts";
import { peerVersion } from "./peers.ts";
import { figure, type Goal, quantile, report } from "./report.ts";
import { playOurs, prepare } from "./sync/ours.ts";
import { type PeerName, playPeer } from "./sync/peers.ts";
import { links } from "./sync/proxy.ts";

/**
 * `npm run bench -- sync [--quick] [--seeds n] [--links perfect,3g,bad,outage] [--no-peers]`: the desk's store and the district
 * as they are, over TLS, through a link that is played by a proxy; PouchDB and RxDB carry the same ops through the same link
 * over plain HTTP. T0: all ops as one brotli-5 stream over the bandwidth. The peers are given a time-out and a fresh try
 * after a second; of themselves they would wait for ever on a silent connection.
 */
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    seeds: { type: "string" },
    links: { type: "string", default: "perfect,3g,bad,outage" },
    peers: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const { quick } = values;
const wanted = values.links.split(",");
const seeds = Number(values.seeds ?? (quick ? 3 : 20));
const counts = quick
  ? { perfect: 4_000, "3g": 1_500, bad: 1_500, outage: 3_000 }
  : { perfect: 10_000, "3g": 4_000, bad: 4_000, outage: 3_000 };

const ratio: Record<string, number> = {};
const goal: Record<string, Goal> = {};
const figures: Record<string, unknown> = {};
let differing = 0;

function judge(name: string, value: number, limit: Goal): void {
  ratio[name] = value;
  goal[name] = limit;
}

const say = (text: string) => console.log(text);
const seconds = (ms: number): string => (Number.isFinite(ms) ? `${figure(ms / 1_000)} s` : "not in time");

async function measure(name: "perfect" | "3g" | "bad" | "outage"): Promise<void> {
  const link = links[name];
  const prepared = prepare(counts[name]);
  try {
    const { ops } = prepared;
    const stream = brotliCompressSync(JSON.stringify(ops), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    const t0 = (stream.length / link.bytesPerSecond) * 1_000;
    say(`${name}: ${ops.length} ops, ${figure(stream.length / 1e6)} MB compressed, T0 ${seconds(t0)}`);
    figures[name] = await play[name]({ prepared, t0 });
  } finally {
    rmSync(prepared.folder, { recursive: true, force: true });
  }
}

interface Given {
  readonly prepared: ReturnType<typeof prepare>;
  readonly t0: number;
}

async function oursOn(name: keyof typeof links, { prepared }: Given, of = seed) {
  const both = await playOurs(prepared, links[name], of, ["push", "pull"], 300_000);
  if (!both.push || !both.pull) throw new Error("the run has no figures");
  differing += both.pull.differing;
  say(
    `  ours     push ${seconds(both.push.ms)} (${wire(both.push)})  pull ${seconds(both.pull.ms)} (${wire(both.pull)})`,
  );
  return { push: both.push, pull: both.pull };
}

const wire = ({ up, down }: { up: number; down: number }) => `${figure((up + down) / 1e6)} MB`;

async function peerOn(peer: PeerName, name: keyof typeof links, { prepared }: Given, limitMs: number) {
  const run = await playPeer(peer, prepared.ops, links[name], seed, limitMs);
  say(
    `  ${peer.padEnd(8)} push ${seconds(run.push.ms)} (${wire(run.push)})  pull ${seconds(run.pull.ms)} (${wire(run.pull)})`,
  );
  return run;
}

const sum = ({ up, down }: { up: number; down: number }) => up + down;
/** How much faster; a peer that was not through in time counts with the time that it was given. */
const faster = (theirs: number, ours: number, limitMs: number) => Math.min(theirs, limitMs) / ours;

const play = {
  async perfect(given: Given) {
    const ours = await oursOn("perfect", given);
    if (!values.peers) return { ours };
    const pouch = await peerOn("pouchdb", "perfect", given, 120_000);
    const rx = await peerOn("rxdb", "perfect", given, 120_000);
    judge("perfect_push_of_pouchdb", ours.push.ms / pouch.push.ms, { most: 0.45 });
    judge("perfect_pull_of_pouchdb", ours.pull.ms / pouch.pull.ms, { most: 0.4 });
    judge("wire_push_of_pouchdb", sum(ours.push) / sum(pouch.push), { most: 0.22 });
    judge("wire_pull_of_pouchdb", sum(ours.pull) / sum(pouch.pull), { most: 0.6 });
    return { ours, pouch, rx };
  },
  async "3g"(given: Given) {
    const ours = await oursOn("3g", given);
    judge("3g_push_of_t0", ours.push.ms / given.t0, { most: 1.35 });
    judge("3g_pull_of_t0", ours.pull.ms / given.t0, { most: 1.35 });
    if (!values.peers) return { t0: given.t0, ours };
    const limitMs = 150_000;
    const pouch = await peerOn("pouchdb", "3g", given, limitMs);
    const rx = await peerOn("rxdb", "3g", given, limitMs);
    judge("3g_push_faster_than_pouchdb", faster(pouch.push.ms, ours.push.ms, limitMs), { least: 5 });
    return { t0: given.t0, ours, pouch, rx };
  },
  async bad(given: Given) {
    const runs = [];
    for (let index = 0; index < seeds; index++) runs.push(await oursOn("bad", given, seed + index));
    const push = runs.map((run) => run.push.ms / given.t0);
    const pull = runs.map((run) => run.pull.ms / given.t0);
    judge("bad_push_median_of_t0", quantile(push, 0.5), { most: 1.7 });
    judge("bad_pull_median_of_t0", quantile(pull, 0.5), { most: 1.7 });
    judge("bad_p95_of_t0", Math.max(quantile(push, 0.95), quantile(pull, 0.95)), { most: 2.3 });
    if (!values.peers) return { t0: given.t0, push, pull };
    const ours = { push: quantile(push, 0.5) * given.t0, pull: quantile(pull, 0.5) * given.t0 };
    const limitMs = ours.push * 7.5;
    const pouch = await peerOn("pouchdb", "bad", given, limitMs);
    const rx = await peerOn("rxdb", "bad", given, limitMs);
    judge("bad_push_faster_than_pouchdb", faster(pouch.push.ms, ours.push, limitMs), { least: 7 });
    judge("bad_pull_faster_than_pouchdb", faster(pouch.pull.ms, ours.pull, limitMs), { least: 3.5 });
    judge("bad_pull_faster_than_rxdb", faster(rx.pull.ms, ours.pull, limitMs), { least: 3 });
    return { t0: given.t0, push, pull, pouch, rx };
  },
  async outage(given: Given) {
    const ours = await oursOn("outage", given);
    const { upMs, downMs } = links.outage.turns;
    const needed = Math.ceil(given.t0 / upMs);
    const used = (ms: number) => Math.floor(ms / (upMs + downMs)) + 1;
    judge("outage_windows_beyond_bytes", Math.max(used(ours.push.ms), used(ours.pull.ms)) - needed, { most: 1 });
    const first = [...ours.push.firstByteMs, ...ours.pull.firstByteMs];
    // Who is through before the line is cut has shown nothing about its coming back.
    if (first.length > 0) judge("outage_first_byte_s", Math.max(...first) / 1_000, { most: 1.5 });
    return { t0: given.t0, ours };
  },
};

for (const name of ["perfect", "3g", "bad", "outage"] as const) if (wanted.includes(name)) await measure(name);
judge("differing_contents", differing, { most: 0 });
report({
  bench: "sync",
  ratio,
  goal,
  quick,
  seeds,
  peers: values.peers ? `PouchDB ${peerVersion("pouchdb")}, RxDB ${peerVersion("rxdb")}` : "none",
  figures,
});
process.exit();
