import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { closeDatabase, type Db, openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { eventSorts, eventViews } from "#shared/contract.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { drawer, seed } from "#test/seed.ts";
import { openTestDesk, saturday } from "#test/unit/core/desk.ts";
import { seededEvents, withTasks } from "./data/events.ts";
import { figure, median, quantile, report } from "./report.ts";

/**
 * The store with years of events and their tasks in it: durable accept against one fdatasync, pages of the queue and of tasks and
 * search against the plain look through all, cold open against reading the same as NDJSON. `--events N` (210,000, with
 * 1,130,000 tasks), `--quick` (30,000).
 */
const { values } = parseArgs({
  options: { events: { type: "string", default: "210000" }, quick: { type: "boolean", default: false } },
});
const count = values.quick ? 30_000 : Number(values.events);
const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-"));
const file = join(folder, "desk.db");
const ndjson = join(folder, "events.ndjson");
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const ms = (work: () => unknown): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
async function times(runs: number, work: (run: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    await work(run);
    taken.push(performance.now() - from);
  }
  return taken;
}
function open(): Db {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  return opened.value.db;
}
const pagesOf = (db: Db, table: string): number =>
  db.prepare("SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE ?").pluck().get(`${table}%`) as number;

const searched = ({ number, title, text, callerName, callerPhone, place }: DutyEvent) =>
  [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" ");
function* theEvents(): Generator<DutyEvent> {
  let n = 0;
  for (const event of seededEvents(count, saturday)) yield withTasks(event, n++);
}

console.log(`store: writing ${count} events with their tasks`);
const first = await openTestDesk({ profileDir: folder });
await first.close();
/** What is heard of each event: what a look through all would find. */
const heard: string[] = [];
const texts: string[] = [];
const filling = open();
const fillMs = ms(() =>
  filling.transaction(() => {
    for (const event of theEvents()) writeEntity(filling, "event", event.id, event, null);
  })(),
);
const lines = openSync(ndjson, "w");
const plainMs = ms(() => {
  filling.exec("CREATE TABLE plain (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID");
  const write = filling.prepare("INSERT INTO plain VALUES (?, ?)");
  filling.transaction(() => {
    for (const event of theEvents()) write.run(event.id, JSON.stringify(event));
  })();
});
filling.exec("DROP TABLE plain");
let textBytes = 0;
let tasks = 0;
let portion = "";
for (const event of theEvents()) {
  tasks += event.tasks.length;
  const words = searched(event);
  textBytes += Buffer.byteLength(words);
  heard.push(words);
  if (heard.length % Math.ceil(count / 60) === 1) texts.push(event.text);
  portion += `${JSON.stringify(event)}\n`;
  if (portion.length > 1e7 || heard.length === count) {
    writeSync(lines, portion);
    portion = "";
  }
}
closeSync(lines);
const indexBytes = pagesOf(filling, "duty_event_words") + pagesOf(filling, "open_event_words");
const initialsBytes = pagesOf(filling, "duty_event_initials") + pagesOf(filling, "open_event_initials");
const taskBytes = pagesOf(filling, "task");
filling.exec("PRAGMA wal_checkpoint(TRUNCATE)");
closeDatabase(filling);

console.log("store: cold open and first page");
const coldMs = median(
  [1, 2, 3].map(() =>
    ms(() => {
      const db = open();
      const ids = db
        .prepare("SELECT id FROM duty_event ORDER BY open DESC, level, due_at, row LIMIT 100")
        .pluck()
        .all();
      const read = db.prepare("SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck();
      for (const id of ids) JSON.parse(read.get(id) as string);
      closeDatabase(db);
    }),
  ),
);
/** Reads all lines and keeps what the first page is chosen by. */
function readLines(): void {
  const bytes = readFileSync(ndjson);
  const open: DutyEvent[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const event = JSON.parse(bytes.toString("utf8", from, end)) as DutyEvent;
    if (isOpen(event.state)) open.push(event);
    from = end + 1;
  }
  open.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, 100);
}
const ndjsonMs = median([1, 2, 3].map(() => ms(readLines)));

console.log("store: pages, words, accepting");
const desk = await openTestDesk({ profileDir: folder });
await desk.get("session.signIn", { pin: "2580" });
const views = eventViews;
const sorts = ["urgency", "newest", "due"] as const;
const pageMs: number[] = [];
let slowest = { name: "", p95: 0 };
for (const view of views)
  for (const sort of sorts) {
    let cursor: string | undefined;
    const taken = await times(40, async () => {
      const page = await desk.get("event.list", { view, sort, limit: 50, ...(cursor ? { cursor } : {}) });
      cursor = page.next ?? undefined;
    });
    pageMs.push(...taken);
    const p95 = quantile(taken, 0.95);
    if (p95 > slowest.p95) slowest = { name: `${view} by ${sort}`, p95 };
  }
/** Any place at once: an order is built the first time, then every place costs the same. */
const draw = drawer(seed);
const buildMs: number[] = [];
const placeMs: number[] = [];
for (const sort of eventSorts)
  for (const filter of [{}, { levels: ["critical" as const], sources: ["phone" as const] }]) {
    const asked = { view: "all", sort, ...filter, limit: 50 } as const;
    const from = performance.now();
    const { total } = await desk.get("event.list", { ...asked, from: 0 });
    buildMs.push(performance.now() - from);
    placeMs.push(
      ...(await times(20, () =>
        desk.get("event.list", { ...asked, from: Math.floor(draw() * Math.max(1, total - 50)) }),
      )),
    );
  }
/** Pages of the tasks, as they come one after the other. */
const taskMs: number[] = [];
for (const view of ["open", "late", "to_acknowledge", "ended", "all"] as const) {
  let cursor: string | undefined;
  const taken = await times(30, async () => {
    const page = await desk.get("task.list", { view, limit: 50, ...(cursor ? { cursor } : {}) });
    cursor = page.next ?? undefined;
  });
  taskMs.push(...taken);
}

const words = (length: number) =>
  texts.map((text) => (text.match(/\p{Script=Han}+/gu)?.[1] ?? "路灯不亮").slice(0, length));
const searchMs: Record<string, number[]> = {};
let missing = 0;
for (const length of [1, 2, 4]) {
  const asked = words(length);
  searchMs[length] = await times(asked.length, (run) =>
    desk.get("event.list", { view: "all", search: asked[run], limit: 20 }),
  );
  for (const search of asked.slice(0, 12)) {
    const wanted = heard.filter((words) => words.includes(search)).length;
    const page = await desk.get("event.list", { view: "all", search, limit: 1 });
    if (page.more ? page.total > wanted : page.total < wanted) missing++;
  }
}
searchMs.initials = await times(30, () => desk.get("event.list", { view: "all", search: "zslld", limit: 20 }));

const reported: string[] = [];
for (let one = 0; one < 200; one++)
  reported.push((await desk.get("event.report", { text: `第${one}号井盖松动` })).event.id);
desk.beat();
desk.beat();
const plain = openSync(join(folder, "fdatasync"), "w");
const block = Buffer.alloc(4096, 1);
const acceptMs: number[] = [];
const syncMs: number[] = [];
// Turn by turn, so that both meet the same disk.
for (const id of reported) {
  acceptMs.push(...(await times(1, () => desk.get("event.transition", { id, action: "accept" }))));
  syncMs.push(
    ms(() => {
      writeSync(plain, block);
      fdatasyncSync(plain);
    }),
  );
}
closeSync(plain);
await desk.close();

const bare = open();
const scanMs = await times(9, () =>
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
    "search index / text": indexBytes / textBytes,
    "index, ms an event": (fillMs - plainMs) / count,
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
    "index, ms an event": { most: 0.3 },
    "cold open and first page / NDJSON": { most: 1 / 50 },
  },
  events: count,
  initialsIndexOfText: figure(initialsBytes / textBytes),
  slowestPage: { ...slowest, p95: figure(slowest.p95) },
  tasks,
  taskIndexBytesEach: figure(taskBytes / tasks),
  orderBuiltMs: { median: figure(median(buildMs)), most: figure(Math.max(...buildMs)) },
  searchP95Ms: Object.fromEntries(
    Object.entries(searchMs).map(([length, taken]) => [length, figure(quantile(taken, 0.95))]),
  ),
  acceptP95Ms: figure(quantile(acceptMs, 0.95)),
  fdatasyncP95Ms: figure(quantile(syncMs, 0.95)),
  coldMs: figure(coldMs),
  ndjsonMs: figure(ndjsonMs),
});
