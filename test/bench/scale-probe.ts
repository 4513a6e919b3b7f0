import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { openTestDesk, saturday } from "#test/unit/core/desk.ts";

const N = Number(process.argv[2] ?? 210000);
const dir = `/tmp/scale-${N}`;
if (!existsSync(dir)) {
  mkdirSync(dir);
  const desk = await openTestDesk({ profileDir: dir });
  await desk.core.close?.();
  const t0 = performance.now();
  const opened = openDatabase(join(dir, "desk.db")) as any;
  const db = opened.value.db;
  db.exec("BEGIN");
  for (const e of seededEvents(N, saturday)) writeEntity(db, "event", e.id, e, null);
  db.exec("COMMIT");
  db.close();
  console.log("fill", performance.now() - t0, "ms", statSync(join(dir, "desk.db")).size / 1e6, "MB");
}
let t = performance.now();
const desk = await openTestDesk({ profileDir: dir });
await desk.get("session.signIn", { pin: "2580" });
console.log("open+signin", performance.now() - t);
const time = async (name: string, f: () => Promise<unknown>, n = 30) => {
  const ms: number[] = [];
  for (let i = 0; i < n; i++) {
    const s = performance.now();
    await f();
    ms.push(performance.now() - s);
  }
  ms.sort((a, b) => a - b);
  console.log(name.padEnd(40), "p50", ms[n >> 1]!.toFixed(2), "p95", ms[Math.floor(n * 0.95)]!.toFixed(2));
};
t = performance.now();
await desk.get("event.list", {});
console.log("first page", performance.now() - t);
for (const view of ["open", "late", "all", "closed", "today", "to_acknowledge", "unconfirmed", "due_soon"] as const)
  for (const sort of ["urgency", "newest", "due"] as const)
    await time(`${view} ${sort}`, () => desk.get("event.list", { view, sort, limit: 50 }), 10);
const first = await desk.get("event.list", { view: "all", sort: "newest", limit: 200 });
let cursor = first.next!;
for (let i = 0; i < 50; i++)
  cursor = (await desk.get("event.list", { view: "all", sort: "newest", limit: 200, cursor })).next!;
await time("deep newest", () => desk.get("event.list", { view: "all", sort: "newest", limit: 50, cursor }));
for (const search of ["路", "山路", "路灯整排", "中山路灯", "13812", "S-1234"])
  for (const sort of ["urgency", "newest"] as const)
    await time(`search ${search} ${sort}`, () => desk.get("event.list", { view: "all", sort, search, limit: 20 }), 10);
await time("find 路灯", () => desk.get("find", { text: "路灯", limit: 20 }), 10);
await time("find 路", () => desk.get("find", { text: "路", limit: 20 }), 10);
await time("desk.now", () => desk.get("desk.now", {}), 10);
await time(
  "filter category",
  () => desk.get("event.list", { view: "all", sort: "newest", category: "dispute", limit: 50 }),
  10,
);
await time(
  "filter board closed",
  () => desk.get("event.list", { view: "closed", sort: "urgency", board: "party", limit: 50 }),
  10,
);
await desk.core.close?.();
