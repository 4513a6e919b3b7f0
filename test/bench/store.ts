import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { heardOf } from "#core/store/event-words.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { openTestDesk, saturday } from "#test/unit/core/desk.ts";
import { seededEvents } from "./data/events.ts";
import { figure, median, quantile, report } from "./report.ts";
import { accepting } from "./store/accept.ts";
import { coldStart } from "./store/cold.ts";
import { indexCost } from "./store/index-cost.ts";
import { pages, places, taskPages } from "./store/lists.ts";
import { open, seededDesk } from "./store/seeded.ts";
import { times } from "./store/timing.ts";
import { searching } from "./store/words.ts";

/**
 * The store with years of events and their tasks in it: durable accept against one fdatasync, pages of the queue and of tasks and
 * search against the plain look through all, cold open against reading the same as NDJSON. `--events N` (210,000, with
 * 1,130,000 tasks), `--quick` (30,000). The seeded desk is kept in `.cache/bench` between runs.
 */
const { values } = parseArgs({
  options: { events: { type: "string", default: "210000" }, quick: { type: "boolean", default: false } },
});
const count = values.quick ? 30_000 : Number(values.events);
const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const seeded = await seededDesk(folder, count, Math.ceil(count / 20));
/** What is heard of each event: what a look through all would find; and some of the events, to take words from. */
const heard: string[] = [];
const some: DutyEvent[] = [];
for (const event of seededEvents(count, saturday)) {
  heard.push(heardOf(event));
  if (heard.length % Math.ceil(count / 60) === 1) some.push(event);
}

console.log("store: writing the last events");
const index = indexCost(seeded, heard);
console.log("store: cold open and first page");
const { coldMs, ndjsonMs } = coldStart(seeded);

console.log("store: pages, words, accepting");
const desk = await openTestDesk({ profileDir: folder });
await desk.get("session.signIn", { pin: "2580" });
const { pageMs, slowest } = await pages(desk);
const { buildMs, placeMs } = await places(desk);
const taskMs = await taskPages(desk);
const { searchMs, missing } = await searching(desk, some, heard);
const { acceptMs, syncMs } = await accepting(desk);
// The same in code that has run as often as in some hours of duty.
for (let round = 0; round < 4; round++) await accepting(desk);
const warm = await accepting(desk);
await desk.close();

const bare = open(seeded.file);
const scanMs = await times(5, () =>
  bare
    .prepare(
      "SELECT id FROM entity WHERE kind = 'event' AND state LIKE '%\"state\":\"assigned\"%' ORDER BY json_extract(state, '$.dueAt') LIMIT 50",
    )
    .all(),
);
const likeMs = await times(5, () =>
  bare.prepare("SELECT id FROM entity WHERE kind = 'event' AND state LIKE '%没有这样的字%' LIMIT 20").all(),
);
bare.close();

const search = Object.values(searchMs).flat();
report({
  bench: "store",
  ratio: {
    "accept p95 / fdatasync p95": quantile(acceptMs, 0.95) / quantile(syncMs, 0.95),
    "page p95, ms": quantile(pageMs, 0.95),
    "any place p95, ms": quantile(placeMs, 0.95),
    "page of tasks p95, ms": quantile(taskMs, 0.95),
    "page p95 / unindexed scan": quantile(pageMs, 0.95) / median(scanMs),
    "search p95, ms": quantile(search, 0.95),
    "LIKE miss / search p95": median(likeMs) / quantile(search, 0.95),
    "words that missed an event": missing,
    "search index / text": index.searchOfText,
    "search index, ms an event": index.searchMsEach,
    "cold open and first page / NDJSON": coldMs / ndjsonMs,
  },
  goal: {
    "accept p95 / fdatasync p95": { most: 3 },
    "page p95, ms": { most: 5 },
    "any place p95, ms": { most: 5 },
    "page of tasks p95, ms": { most: 5 },
    "page p95 / unindexed scan": { most: 1 / 15 },
    "search p95, ms": { most: 10 },
    "LIKE miss / search p95": { least: 20 },
    "words that missed an event": { most: 0 },
    "search index / text": { most: 1 },
    "search index, ms an event": { most: 0.3 },
    "cold open and first page / NDJSON": { most: 1 / 50 },
  },
  events: count,
  tasks: index.tasks,
  /** All that is drawn from an event beside its state: line, columns, words, tasks. */
  drawnMsAnEvent: figure(index.drawnMsEach),
  initialsIndexOfText: figure(index.initialsOfText),
  taskIndexBytesEach: figure(index.taskBytesEach),
  lineBytesEach: figure(index.lineBytesEach),
  slowestPages: slowest,
  pageMedianMs: figure(median(pageMs)),
  orderBuiltMs: { median: figure(median(buildMs)), most: figure(Math.max(...buildMs)) },
  searchP95Ms: Object.fromEntries(
    Object.entries(searchMs).map(([length, taken]) => [length, figure(quantile(taken, 0.95))]),
  ),
  acceptP95Ms: figure(quantile(acceptMs, 0.95)),
  fdatasyncP95Ms: figure(quantile(syncMs, 0.95)),
  warmAcceptOfFdatasync: figure(quantile(warm.acceptMs, 0.95) / quantile(warm.syncMs, 0.95)),
  warmAcceptP95Ms: figure(quantile(warm.acceptMs, 0.95)),
  unindexedScanMs: figure(median(scanMs)),
  likeMissMs: figure(median(likeMs)),
  coldMs: figure(coldMs),
  ndjsonMs: figure(ndjsonMs),
});
