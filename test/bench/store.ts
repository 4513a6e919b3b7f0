import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { closeDatabase, type Db, openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { openTestDesk, saturday } from "#test/unit/core/desk.ts";
import { seededEvents } from "./data/events.ts";
import { figure, median, quantile, report } from "./report.ts";

/**
 * The store with years of events in it: durable accept against one fdatasync, queue pages and search against the plain
 * look through all, cold open against reading the same as NDJSON. `--events N` (210,000).
 */
const { values } = parseArgs({ options: { events: { type: "string", default: "210000" } } });
const count = Number(values.events);
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

console.log(`store: writing ${count} events`);
const first = await openTestDesk({ profileDir: folder });
await first.close();
const events = [...seededEvents(count, saturday)];
let textBytes = 0;
const filling = open();
const fillMs = ms(() =>
  filling.transaction(() => {
    for (const event of events) writeEntity(filling, "event", event.id, event, null);
  })(),
);
const plainMs = ms(() => {
  filling.exec("CREATE TABLE plain (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID");
  const write = filling.prepare("INSERT INTO plain VALUES (?, ?)");
  filling.transaction(() => {
    for (const event of events) write.run(event.id, JSON.stringify(event));
  })();
  filling.exec("DROP TABLE plain");
});
const searched = ({ number, title, text, callerName, callerPhone, place }: DutyEvent) =>
  [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" ");
for (const event of events) textBytes += Buffer.byteLength(searched(event));
const indexBytes = pagesOf(filling, "duty_event_words") + pagesOf(filling, "open_event_words");
const initialsBytes = pagesOf(filling, "duty_event_initials") + pagesOf(filling, "open_event_initials");
filling.exec("PRAGMA wal_checkpoint(TRUNCATE)");
closeDatabase(filling);
writeFileSync(ndjson, events.map((event) => JSON.stringify(event)).join("\n"));

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
const ndjsonMs = median(
  [1, 2, 3].map(() =>
    ms(() => {
      const all = readFileSync(ndjson, "utf8")
        .split("\n")
        .map((line) => JSON.parse(line) as DutyEvent);
      all
        .filter(({ state }) => isOpen(state))
        .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
        .slice(0, 100);
    }),
  ),
);

console.log("store: pages, words, accepting");
const desk = await openTestDesk({ profileDir: folder });
await desk.get("session.signIn", { pin: "2580" });
const views = ["open", "late", "due_soon", "to_acknowledge", "unconfirmed", "today", "closed", "all"] as const;
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
let deep: string | undefined;
for (let page = 0; page < Math.min(400, count / 400); page++)
  deep =
    (await desk.get("event.list", { view: "all", sort: "newest", limit: 200, ...(deep ? { cursor: deep } : {}) }))
      .next ?? undefined;
const deepMs = await times(40, () =>
  desk.get("event.list", { view: "all", sort: "newest", limit: 50, ...(deep ? { cursor: deep } : {}) }),
);

const words = (length: number) =>
  events
    .filter((_, at) => at % Math.ceil(count / 60) === 0)
    .map(({ text }) => (text.match(/\p{Script=Han}+/gu)?.[1] ?? "路灯不亮").slice(0, length));
const searchMs: Record<string, number[]> = {};
let missing = 0;
for (const length of [1, 2, 4]) {
  const asked = words(length);
  searchMs[length] = await times(asked.length, (run) =>
    desk.get("event.list", { view: "all", search: asked[run], limit: 20 }),
  );
  for (const search of asked.slice(0, 12)) {
    const wanted = events.filter((event) => searched(event).includes(search)).length;
    const page = await desk.get("event.list", { view: "all", search, limit: 1 });
    if (page.more ? page.total > wanted : page.total < wanted) missing++;
  }
}
searchMs.initials = await times(30, () => desk.get("event.list", { view: "all", search: "zslld", limit: 20 }));

const reported: string[] = [];
for (let one = 0; one < 200; one++)
  reported.push((await desk.get("event.report", { text: `第${one}号井盖松动` })).event.id);
const acceptMs = await times(200, (run) => desk.get("event.transition", { id: reported[run] ?? "", action: "accept" }));
const plain = openSync(join(folder, "fdatasync"), "w");
const block = Buffer.alloc(4096, 1);
const syncMs = await times(200, () => {
  writeSync(plain, block);
  fdatasyncSync(plain);
});
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
  deepPageP95Ms: figure(quantile(deepMs, 0.95)),
  searchP95Ms: Object.fromEntries(
    Object.entries(searchMs).map(([length, taken]) => [length, figure(quantile(taken, 0.95))]),
  ),
  acceptP95Ms: figure(quantile(acceptMs, 0.95)),
  fdatasyncP95Ms: figure(quantile(syncMs, 0.95)),
  coldMs: figure(coldMs),
  ndjsonMs: figure(ndjsonMs),
});
