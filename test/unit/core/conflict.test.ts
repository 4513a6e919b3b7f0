import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { settle } from "#core/commands/link.ts";
import type { Desk } from "#core/desk.ts";
import { getConflict } from "#core/queries/conflict.ts";
import { record } from "#core/store/commit.ts";
import { readAll, readEntity } from "#core/store/entities.ts";
import { applyPulled, counts, settlePush, waitingOps } from "#core/store/outbox.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import { openStore, street } from "./open-store.ts";

const team = (name: string) => ({ kind: "team" as const, name });
const person = (id: string, name: string): Officer => ({
  id,
  name,
  grade: "leader",
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
});

/** A desk on a real store, at the moment when its op came back refused, because another desk was quicker. */
function open() {
  const { db, newId, made } = openStore("conflict");
  const put = <K extends OpKind>(kind: K, body: BodyOf<K>, by: string) => {
    const done = record(db, kind, body, { by, at: 1_000 + made(), street, newId });
    if (!done.ok) throw new Error(`${done.error.id}`);
    return done.value.opId;
  };
  const confirm = () => {
    const rows = waitingOps(db, "a", 100).map((op, index) => ({ ...op, no: index + 1, confirmedAt: 2_000 }));
    applyPulled(db, rows, rows.length);
    return rows.length;
  };
  const desk = {
    db,
    tables: { categories: { rows: [] } },
    sync: { state: () => ({ state: "online" }), sending: () => new Set(), opRecorded: () => {} },
    session: { officer: person("wang", "王建国") },
    street: { code: street },
    ports: { now: () => 9_000, randomBytes: (length: number) => randomBytes(length) },
    notify: () => {},
  } as unknown as Desk;
  return { db, desk, put, confirm, newId };
}

function refused() {
  const made = open();
  const { db, put, confirm, newId } = made;
  put("officer.put", person("wang", "王建国"), "setup");
  put("officer.put", person("li", "李敏"), "setup");
  const place = { text: "", point: null, community: "", grid: "" };
  const given = { number: "A1", source: "phone", title: "积水", text: "积水", level: "normal", category: "" } as const;
  const rest = { confidential: false, callerName: "", callerPhone: "", place, limitMin: null, sample: false };
  put("event.report", { eventId: "e1", given: { ...given, ...rest } }, "wang");
  put("event.act", { eventId: "e1", action: "accept", given: {} }, "wang");
  const head = confirm();
  const assess = (lead: string, level: "urgent" | "normal") => ({
    eventId: "e1",
    action: "assess" as const,
    given: { board: "safety" as const, category: "water", level, lead: team(lead) },
    saw: { board: null, category: "", level: "normal" as const, lead: null },
  });
  const opId = put("event.act", assess("巡逻队", "normal"), "wang");
  const theirs = { id: newId(), kind: "event.act", v: 2, street, device: "b", seq: 9, at: 1_500, by: "li" };
  applyPulled(db, [{ ...theirs, body: assess("抢险队", "urgent"), no: head + 1, confirmedAt: 2_500 }], head + 1);
  const error = { kind: "ask", id: "event.changed", params: { fields: "主办" } } as const;
  settlePush(db, [{ opId, outcome: "refused", error, present: readEntity(db, "event", "e1") }]);
  return { ...made, opId };
}

test("OP-6: a refused op is shown beside what stands there now, field by field, with who made it so and when", () => {
  const { desk, opId } = refused();
  const answer = getConflict(desk, { opId });
  if (!answer.ok) throw new Error(answer.error.id);
  const { conflict } = answer.value;
  expect(conflict.officerName).toBe("王建国");
  expect(conflict.fields.map(({ name, mine, present, by, at }) => [name, mine.zh, present.zh, by, at])).toEqual([
    ["state", "研判", "待分派", "李敏", 1_500],
    ["level", "一般", "紧急", "李敏", 1_500],
    ["lead", "巡逻队", "抢险队", "李敏", 1_500],
  ]);
  expect(conflict.theirs).toMatchObject([{ officerName: "李敏", no: 5 }]);
  expect(conflict.blocked).toBeNull();
});

test("OP-6: kept, chosen field by field, or given up: and the refused one stays readable in the timeline", () => {
  const keep = refused();
  expect(settle(keep.desk, { opId: keep.opId, how: "again", keep: [], words: {} })).toEqual({ ok: true, value: {} });
  expect(readEntity(keep.db, "event", "e1")).toMatchObject({ level: "normal", lead: team("巡逻队") });
  expect(counts(keep.db)).toMatchObject({ waiting: 1, refused: 0 });

  const edit = refused();
  expect(settle(edit.desk, { opId: edit.opId, how: "edit", keep: ["lead"], words: {} }).ok).toBe(true);
  expect(readEntity(edit.db, "event", "e1")).toMatchObject({ level: "urgent", lead: team("巡逻队") });

  const drop = refused();
  expect(settle(drop.desk, { opId: drop.opId, how: "drop", keep: [], words: {} }).ok).toBe(true);
  expect(readEntity(drop.db, "event", "e1")).toMatchObject({ level: "urgent", lead: team("抢险队") });
  expect(counts(drop.db)).toMatchObject({ waiting: 0, refused: 0 });
  const given = (db: typeof drop.db) =>
    db.prepare("SELECT zh FROM duty_log WHERE action = 'desk.gave_up'").pluck().all() as string[];
  expect([given(keep.db), given(edit.db)]).toEqual([[], []]);
  expect(given(drop.db)).toEqual(["王建国 放弃被退的一条，不再上报：A1 本席第 5 条"]);
  for (const { db, opId } of [keep, edit, drop])
    expect(db.prepare("SELECT zh FROM duty_log WHERE id = ? AND event_id = 'e1'").pluck().get(opId)).toContain(
      "巡逻队",
    );
  expect(getConflict(drop.desk, { opId: drop.opId })).toMatchObject({ ok: false, error: { id: "link.unknown_op" } });
});

test("OP-6: what would be refused again says why, and changes nothing", () => {
  const { desk, db, opId } = refused();
  db.prepare("UPDATE entity SET state = json_set(state, '$.state', 'closed') WHERE kind = 'event'").run();
  const answer = getConflict(desk, { opId });
  expect(answer).toMatchObject({ ok: true, value: { conflict: { blocked: { errorId: "event.not_from_here" } } } });
  expect(settle(desk, { opId, how: "again", keep: [], words: {} })).toMatchObject({ ok: false });
  expect(counts(db)).toMatchObject({ waiting: 0, refused: 1 });
});

test("OP-6: a slot of the roster that changed meanwhile: kept, it stands on who is there now", () => {
  const { db, desk, put, confirm, newId } = open();
  put("officer.put", person("wang", "王建国"), "setup");
  put("officer.put", person("li", "李敏"), "setup");
  const head = confirm();
  const slot = "2026-11-22/day/main_operator/0";
  const assign = (officerId: string, officer: string) => ({
    month: "2026-11",
    slot,
    officerId,
    was: null,
    names: { officer, was: "" },
  });
  const opId = put("roster.assign", assign("wang", "王建国"), "wang");
  const theirs = { id: newId(), kind: "roster.assign", v: 1, street, device: "b", seq: 9, at: 1_500, by: "li" };
  applyPulled(db, [{ ...theirs, body: assign("li", "李敏"), no: head + 1, confirmedAt: 2_500 }], head + 1);
  settlePush(db, [{ opId, outcome: "refused", error: { kind: "ask", id: "roster.changed" }, present: null }]);
  const answer = getConflict(desk, { opId });
  expect(answer).toMatchObject({
    ok: true,
    value: {
      conflict: {
        blocked: null,
        fields: [{ name: "slot", mine: { zh: "王建国" }, present: { zh: "李敏" }, by: "李敏" }],
      },
    },
  });
  expect(settle(desk, { opId, how: "again", keep: [], words: {} }).ok).toBe(true);
  expect(readAll(db, "roster")[0]?.slots[slot]).toBe("wang");
});

test("OP-6, TK-2: a refused step of a party stands beside where that party is now", () => {
  const { db, desk, put, confirm, newId } = open();
  put("officer.put", person("wang", "王建国"), "setup");
  put("officer.put", person("li", "李敏"), "setup");
  const place = { text: "", point: null, community: "", grid: "" };
  const given = { number: "A1", source: "phone", title: "积水", text: "积水", level: "normal", category: "" } as const;
  const rest = { confidential: false, callerName: "", callerPhone: "", place, limitMin: null, sample: false };
  put("event.report", { eventId: "e1", given: { ...given, ...rest } }, "wang");
  put("event.act", { eventId: "e1", action: "accept", given: {} }, "wang");
  put(
    "event.act",
    { eventId: "e1", action: "assign", given: { lead: team("巡逻队"), coHandlers: [team("抢险队")] } },
    "wang",
  );
  const head = confirm();
  const step = (action: "finish" | "decline", text: string) => ({
    eventId: "e1",
    taskId: "team:抢险队",
    action,
    given: { text },
  });
  const opId = put("event.task", step("finish", "水已抽干"), "wang");
  const theirs = { id: newId(), kind: "event.task", v: 1, street, device: "b", seq: 9, at: 1_500, by: "li" };
  applyPulled(db, [{ ...theirs, body: step("decline", "水泵坏了"), no: head + 1, confirmedAt: 2_500 }], head + 1);
  const error = { kind: "ask", id: "step.not_from_here", params: { action: "办完", state: "已退单" } } as const;
  settlePush(db, [{ opId, outcome: "refused", error, present: readEntity(db, "event", "e1") }]);
  const answer = getConflict(desk, { opId });
  if (!answer.ok) throw new Error(answer.error.id);
  expect(answer.value.conflict).toMatchObject({
    fields: [
      { name: "task", mine: { zh: "抢险队" }, present: { zh: "抢险队" } },
      { name: "state", mine: { zh: "办完" }, present: { zh: "已退单" }, by: "李敏" },
      { name: "text", mine: { zh: "水已抽干" } },
    ],
    blocked: { errorId: "step.not_from_here" },
  });
});
