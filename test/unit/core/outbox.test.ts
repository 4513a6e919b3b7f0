import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openChain } from "#core/store/chain.ts";
import { record } from "#core/store/commit.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { readEntity } from "#core/store/entities.ts";
import { writeMeta } from "#core/store/meta.ts";
import {
  applyDeferred,
  applyPulled,
  counts,
  kindsThatWait,
  readCursor,
  settlePush,
  startEpoch,
  urgentOps,
  waitingOps,
} from "#core/store/outbox.ts";
import { ownOps, renumber } from "#core/store/own-ops.ts";
import { syncOfEntities, syncOfEntity } from "#core/store/sync-state.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import { forget } from "./desk.ts";

/** Two desks' stores and a ledger between them, by hand: what the link does, one step at a time. */
const street = "500118004";
const folders: string[] = [];
let id = 0;
const newId = () => `00000000-0000-7000-8000-${String(++id).padStart(12, "0")}`;

function openStore(): Db {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-store-"));
  folders.push(folder);
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  openChain(opened.value.db, { now: () => 1000, monotonic: () => 0, randomBytes });
  return opened.value.db;
}

let desk: Db;
let other: Db;
let ledger: LedgerOp[];

beforeEach(() => {
  ledger = [];
  desk = openMemory();
  other = openMemory();
});
afterEach(() => {
  desk.close();
  other.close();
  for (const folder of folders.splice(0)) forget(folder);
});

function openMemory(): Db {
  const db = openStore();
  writeMeta(db, "street", street);
  return db;
}

function put<K extends OpKind>(db: Db, kind: K, body: BodyOf<K>, by = "leader", at = 1000) {
  const done = record(db, kind, body, { by, at, street, newId });
  if (!done.ok) throw new Error(done.error.id);
  return done.value;
}

const officer = (grade: "leader" | "operator", name: string) => ({
  id: name,
  name,
  grade,
  pool: "full_time" as const,
  phone: "",
  post: "",
  active: true,
  publicKey: "",
});
const report = (eventId: string) => ({
  eventId,
  given: {
    number: "20261121-A001",
    source: "phone" as const,
    title: "路灯",
    text: "路灯不亮",
    level: "normal" as const,
    category: "",
    confidential: false,
    callerName: "",
    callerPhone: "",
    place: { text: "", point: null, community: "", grid: "" },
    limitMin: 60,
    sample: false,
  },
});
const step = (eventId: string, action: string, given: Record<string, unknown> = {}) =>
  ({ eventId, action, given }) as BodyOf<"event.act">;

/** The district writes the waiting ops down, in order. */
function confirm(db: Db, device: string): Op[] {
  const ops = waitingOps(db, device, 100);
  const rows = ops.map((op) => ({ ...op, no: ledger.length + ops.indexOf(op) + 1, confirmedAt: 2000 }));
  ledger.push(...rows);
  settlePush(
    db,
    rows.map(({ id, no, confirmedAt }) => ({ opId: id, outcome: "accepted", no, confirmedAt })),
  );
  return ops;
}
const pull = (db: Db) =>
  applyPulled(
    db,
    ledger.filter(({ no }) => no > readCursor(db)),
    ledger.length,
  );

test("OP-3 state, log line and op stand or fall together", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  desk.exec("CREATE TRIGGER no_log BEFORE INSERT ON duty_log BEGIN SELECT RAISE(ABORT, 'planted'); END");
  expect(() => put(desk, "event.report", report("e1"))).toThrow("planted");
  expect(readEntity(desk, "event", "e1")).toBeUndefined();
  expect(counts(desk).recorded).toBe(1);
});

test("PR-15 a receipt of what the desk showed and knew to be confirmed is no news; what others did, and a receipt that comes before its answer, is", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  writeMeta(desk, "enrolment", JSON.stringify({ deviceId: "desk-a" }));
  const ops = waitingOps(desk, "desk-a", 100);
  const [mine, last] = ops.map((op, index) => ({ ...op, no: index + 1, confirmedAt: 2000 }));
  if (!mine || !last) throw new Error("two ops wait");
  const told = settlePush(desk, [{ opId: mine.id, outcome: "accepted", no: 1, confirmedAt: 2000 }]);
  expect([...told]).toEqual(["officer"]);
  expect(kindsThatWait(desk)).toEqual(["event"]);
  expect([...settlePush(desk, [{ opId: mine.id, outcome: "duplicate", no: 1, confirmedAt: 2000 }])]).toEqual([]);
  expect([...applyPulled(desk, [mine], 1)]).toEqual([]);
  expect([...applyPulled(desk, [last], 2)]).toEqual(["event"]);
  expect(kindsThatWait(desk)).toEqual([]);
  expect([...applyPulled(other, [mine, last], 2)].sort()).toEqual(["event", "officer"]);
});

test("PR-9 own waiting ops are laid on top of what was pulled, and the cursor moves with the rows", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  confirm(desk, "desk-a");
  pull(desk);
  pull(other);
  expect(readEntity(other, "event", "e1")?.state).toBe("reported");
  expect(readCursor(other)).toBe(2);

  put(desk, "event.act", step("e1", "accept"));
  put(desk, "event.act", step("e1", "assign", { lead: { kind: "team", name: "巡逻队" } }));
  put(other, "event.act", step("e1", "accept", { note: "另一席" }));
  confirm(other, "desk-b");
  pull(desk);
  // Our accept no longer passes; the assignment on top of theirs still does.
  expect(readEntity(desk, "event", "e1")).toMatchObject({ state: "assigned", lead: { name: "巡逻队" } });
  expect(standOf(desk, "e1")).toEqual({ state: "waiting", before: 1 });
});

/** Where an event stands, asked alone as after a step and among others as in a list. */
function standOf(db: Db, id: string, enrolled = true) {
  const alone = syncOfEntity(db, enrolled, "event", id);
  expect(syncOfEntities(db, enrolled, "event", [id])).toEqual([alone]);
  return alone;
}

test("PR-6 an event stands where its last op stands; one of another desk where its number says, one that nobody has nowhere", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  expect(standOf(desk, "e1")).toEqual({ state: "waiting", before: 1 });
  expect(standOf(desk, "e1", false)).toEqual({ state: "local" });
  confirm(desk, "desk-a");
  expect(standOf(desk, "e1")).toMatchObject({ state: "confirmed", no: 2 });
  pull(other);
  expect(standOf(other, "e1")).toMatchObject({ state: "confirmed", no: 2 });
  put(other, "event.act", step("e1", "accept"));
  expect(standOf(other, "e1")).toEqual({ state: "waiting", before: 0 });
  expect(standOf(other, "nobody")).toEqual({ state: "missing" });
  expect(standOf(other, "nobody", false)).toEqual({ state: "local" });
});

test("OP-4 a refused op stays with its reason, and what was laid on it is taken back", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  confirm(desk, "desk-a");
  pull(desk);
  const { opId } = put(desk, "event.act", step("e1", "void", { reason: "误报" }));
  expect(readEntity(desk, "event", "e1")?.state).toBe("void");
  settlePush(desk, [{ opId, outcome: "refused", error: { kind: "ask", id: "event.not_from_here" }, present: null }]);
  expect(readEntity(desk, "event", "e1")?.state).toBe("reported");
  expect(counts(desk)).toMatchObject({ refused: 1, waiting: 0 });
  expect(standOf(desk, "e1")).toEqual({ state: "refused", errorId: "event.not_from_here" });
  expect(desk.prepare("SELECT count(*) FROM duty_log WHERE id = ?").pluck().get(opId)).toBe(1);
});

test("PR-7 the same rows twice, or the own op pulled before its answer came, change nothing twice", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  const ops = waitingOps(desk, "desk-a", 10);
  ledger = ops.map((op, index) => ({ ...op, no: index + 1, confirmedAt: 2000 }));
  pull(desk);
  expect(counts(desk)).toMatchObject({ waiting: 0, confirmed: 2 });
  settlePush(
    desk,
    ledger.map(({ id, no }) => ({ opId: id, outcome: "duplicate", no, confirmedAt: 9999 })),
  );
  applyPulled(desk, ledger, 2);
  expect(standOf(desk, "e1")).toEqual({ state: "confirmed", no: 2, at: 2000 });
  expect(desk.prepare("SELECT count(*) FROM duty_log WHERE kind <> 'desk'").pluck().get()).toBe(2);
});

test("OP-2 what was pulled is judged by the rights that the district knew, not by a change that still waits here", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "officer.put", officer("leader", "zhou"), "setup");
  confirm(desk, "desk-a");
  pull(desk);
  pull(other);
  // Struck off at one desk, while the other writes on in that name, and is heard first.
  put(desk, "officer.put", { ...officer("leader", "zhou"), active: false }, "setup");
  put(other, "event.report", report("e1"), "zhou");
  confirm(other, "desk-b");
  pull(desk);
  expect(readEntity(desk, "event", "e1")?.state).toBe("reported");
  expect(desk.prepare("SELECT count(*) FROM deferred_op").pluck().get()).toBe(0);
  expect(readEntity(desk, "officer", "zhou")?.active).toBe(false);
});

test("PR-11 OP-1 an op of a newer version is kept and applied when this desk can read it", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  confirm(desk, "desk-a");
  pull(desk);
  const op: LedgerOp = {
    id: newId(),
    kind: "event.report",
    v: 99,
    street,
    device: "desk-b",
    seq: 1,
    at: 1,
    by: "leader",
    body: report("e9"),
    no: 2,
    confirmedAt: 2,
  };
  applyPulled(desk, [op], 2);
  expect(readCursor(desk)).toBe(2);
  expect(readEntity(desk, "event", "e9")).toBeUndefined();
  expect(desk.prepare("SELECT reason FROM deferred_op").pluck().get()).toBe("op.newer");
  // After an update of the desk: the same op, now within its version.
  desk.prepare("UPDATE deferred_op SET op = ?").run(JSON.stringify({ ...op, v: 1 }));
  applyDeferred(desk);
  expect(readEntity(desk, "event", "e9")?.state).toBe("reported");
  expect(desk.prepare("SELECT count(*) FROM deferred_op").pluck().get()).toBe(0);
});

test("PR-6 after a restored district every confirmed op waits again and nothing shown is lost", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  confirm(desk, "desk-a");
  pull(desk);
  startEpoch(desk, "epoch-two", 5000);
  expect(counts(desk)).toMatchObject({ waiting: 2, confirmed: 0 });
  expect(readEntity(desk, "event", "e1")?.state).toBe("reported");
  ledger = [];
  confirm(desk, "desk-a");
  pull(desk);
  expect(readEntity(desk, "event", "e1")?.state).toBe("reported");
  expect(desk.prepare("SELECT count(*) FROM duty_log WHERE kind <> 'desk'").pluck().get()).toBe(2);
});

const enrol = (db: Db) => writeMeta(db, "enrolment", JSON.stringify({ deviceId: "desk-a" }));
const seqs = (db: Db) => db.prepare("SELECT seq FROM op ORDER BY seq").pluck().all();

test("PR-13 a desk that was restored takes back what only the district holds; its newer op gets a later number", () => {
  for (const db of [desk, other]) enrol(db);
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  put(desk, "event.report", report("e1"));
  confirm(desk, "desk-a");
  pull(desk);
  // An older copy of the same desk, from before the report.
  pull(other);
  other.prepare("DELETE FROM op WHERE seq = 2").run();
  put(other, "event.report", report("e2"));
  const [waiting] = waitingOps(other, "desk-a", 10);
  expect(waiting?.seq).toBe(2);
  other.prepare("UPDATE meta SET value = '1' WHERE key = 'cursor'").run();
  pull(other);
  expect(waitingOps(other, "desk-a", 10)).toMatchObject([{ id: waiting?.id, seq: 3 }]);
  expect(seqs(other)).toEqual([1, 2, 3]);
  expect(readEntity(other, "event", "e1")?.state).toBe("reported");
  expect(readEntity(other, "event", "e2")?.state).toBe("reported");
  expect(counts(other)).toMatchObject({ waiting: 1, confirmed: 2, recorded: 3 });
  put(other, "event.act", step("e1", "accept"));
  expect(waitingOps(other, "desk-a", 10).map((op) => op.seq)).toEqual([3, 4]);
});

test("PR-13 waiting ops get the numbers that the district names, in their order; settled ones keep theirs", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  confirm(desk, "desk-a");
  for (const id of ["e1", "e2", "e3"]) put(desk, "event.report", report(id));
  const before = waitingOps(desk, "desk-a", 10).map((op) => op.id);
  settlePush(desk, [
    { opId: before[1] ?? "", outcome: "refused", error: { kind: "ask", id: "event.exists" }, present: null },
  ]);
  renumber(desk, 3, 5000);
  expect(waitingOps(desk, "desk-a", 10).map((op) => [op.id, op.seq])).toEqual([
    [before[0], 4],
    [before[2], 5],
  ]);
  expect(counts(desk)).toMatchObject({ waiting: 2, refused: 1, confirmed: 1, recorded: 4 });
});

test("PR-13 an op gets the number under which the district has it: what waits there moves on, and the next op leaves no hole", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  confirm(desk, "desk-a");
  for (const id of ["e1", "e2", "e3"]) put(desk, "event.report", report(id));
  const [first, second, third] = waitingOps(desk, "desk-a", 10).map((op) => op.id);
  // Its former life had sent the third of them as number 2.
  settlePush(desk, [{ opId: third ?? "", outcome: "duplicate", no: 9, confirmedAt: 4000, seq: 2 }]);
  expect(waitingOps(desk, "desk-a", 10).map((op) => [op.id, op.seq])).toEqual([
    [first, 3],
    [second, 5],
  ]);
  settlePush(desk, [{ opId: first ?? "", outcome: "accepted", no: 10, confirmedAt: 4000, seq: 3 }]);
  renumber(desk, 4, 5000);
  expect(waitingOps(desk, "desk-a", 10).map((op) => op.seq)).toEqual([4]);
  expect(counts(desk)).toMatchObject({ waiting: 1, confirmed: 3, recorded: 4 });
});

test("PR-15 receipts stand for own ops only while this desk holds them", () => {
  enrol(desk);
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  const [op] = confirm(desk, "desk-a");
  const tail = op?.id.slice(-8) ?? "";
  expect(ownOps(desk, [[1, 1, tail, 2000]])).toMatchObject([
    { id: op?.id, device: "desk-a", no: 1, confirmedAt: 2000 },
  ]);
  expect(ownOps(desk, [[1, 1, "ffffffff", 2000]])).toBeNull();
  expect(ownOps(desk, [[9, 9, tail, 2000]])).toBeNull();
});

test("PR-16 urgent ops go ahead with the earlier ones of their event, but not before the record of their author", () => {
  put(desk, "officer.put", officer("leader", "leader"), "setup");
  const critical = (id: string) => ({ eventId: id, given: { ...report(id).given, level: "critical" as const } });
  put(desk, "event.report", critical("e1"));
  expect(urgentOps(desk, "desk-a", 10)).toEqual([]);
  confirm(desk, "desk-a");
  put(desk, "event.report", report("calm"));
  put(desk, "event.report", critical("e2"));
  put(desk, "officer.put", officer("operator", "new"), "setup");
  put(desk, "event.act", step("e2", "accept"), "new");
  put(desk, "event.act", step("e2", "assign", { lead: { kind: "team", name: "\u5de1\u903b\u961f" } }));
  put(desk, "event.act", step("e1", "accept"));
  expect(urgentOps(desk, "desk-a", 10).map((op) => op.seq)).toEqual([4, 8]);
  // Where less waits than was ever urgent, they are looked for from the other end.
  confirm(desk, "desk-a");
  put(desk, "event.act", step("e1", "assign", { lead: { kind: "team", name: "\u5de1\u903b\u961f" } }));
  expect(urgentOps(desk, "desk-a", 10).map((op) => op.seq)).toEqual([9]);
});
