import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishTable } from "#core/commands/tables.ts";
import type { Desk } from "#core/desk.ts";
import { checkTable, getEdition, getTable, listTables, rebaseEdits } from "#core/queries/tables.ts";
import { record } from "#core/store/commit.ts";
import { applyPulled, settlePush, startEpoch, waitingOps } from "#core/store/outbox.ts";
import { readDefaultTables } from "#core/tables.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { mostPast } from "#shared/domain/table/edition.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import { deskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { opKinds } from "#shared/op/kinds.ts";
import { districtDevice, type LedgerOp } from "#shared/op/op.ts";
import { openStore, street } from "./open-store.ts";

const defaults = readDefaultTables(join(import.meta.dirname, "../../../resources"));
const chen: Officer = {
  id: "chen",
  name: "陈主任",
  grade: "admin",
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
};
const took = <T>(answer: Result<T, unknown>): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};

/** A desk on a real store, and by hand what the district would say to it. */
function open() {
  const { db, newId } = openStore("editions");
  let now = 1_000;
  took(record(db, "officer.put", chen, { by: "setup", at: now, street, newId }));
  const link = { state: "online" };
  const desk = {
    db,
    defaults,
    tables: { parties: { label: "默认", rows: [] } },
    sync: { state: () => link, sending: () => new Set(), opRecorded: () => {} },
    session: { officer: chen },
    street: { code: street },
    ports: { now: () => ++now, randomBytes: (length: number) => randomBytes(length) },
    notify: () => {},
  } as unknown as Desk;
  const ledger: LedgerOp[] = [];
  const pull = () => applyPulled(db, ledger, ledger.length);
  const get = (table: TableName) => took(getTable(desk, { table, language: "zh" }));
  return {
    db,
    desk,
    ledger,
    link,
    pull,
    get,
    /** The district takes what waits, and the desk reads the ledger. */
    confirm() {
      for (const op of waitingOps(db, "a", 100)) ledger.push({ ...op, no: ledger.length + 1, confirmedAt: 2_000 });
      pull();
    },
    /** The district refuses what waits. */
    refuse: () =>
      settlePush(
        db,
        waitingOps(db, "a", 100).map(
          ({ id }) => ({ opId: id, outcome: "refused", error: deskError("table.changed") }) as never,
        ),
      ),
    /** The district sets a table; the desk has yet to read it. */
    send(table: TableName, rows: readonly unknown[], note = "") {
      const no = ledger.length + 1;
      const { v } = opKinds["table.district"];
      const body = { table, rows, was: null, note };
      const op = {
        id: newId(),
        kind: "table.district",
        v,
        street,
        device: districtDevice(street),
        seq: no,
        at: 1_500 + no,
        by: "district",
        body,
      };
      ledger.push({ ...op, no, confirmedAt: 1_600 + no });
    },
    publish(table: TableName, edit: (cells: string[][]) => readonly (readonly string[])[], note = "") {
      const { cells, digest } = get(table);
      return publishTable(desk, { table, cells: edit(cells).map((row) => [...row]), was: digest, note });
    },
    bring: (table: TableName, opId: string | null | undefined) =>
      took(getEdition(desk, { table, opId: opId ?? "", language: "zh" })),
    rebase: (table: TableName, was: string, cells: string[][]) =>
      took(rebaseEdits(desk, { table, was, cells, language: "zh" })),
  };
}
const set = (cells: readonly (readonly string[])[], at: number, col: number, text: string) =>
  cells.map((row, index) => row.map((cell, place) => (index === at && place === col ? text : cell)));

test("TB-10: each edition is kept with its rows, who set it and where it stands; an earlier one comes back as the next", () => {
  const made = open();
  const first = made.get("criteria").cells;
  took(made.publish("criteria", (cells) => set(cells, 0, 1, "快慢"), "改名"));
  made.confirm();
  // Two from the district come in one answer: neither is passed over.
  const [one, ...rest] = defaults.criteria;
  made.send("criteria", rest, "减一项");
  made.send("criteria", [{ ...one, name: "时限" }, ...rest]);
  made.pull();
  took(made.publish("criteria", (cells) => cells.slice(1), "试行"));
  const { editions, cells, digest } = made.get("criteria");
  expect(editions.map(({ edition, from, byName, note, sync }) => [edition, from, byName, note, sync?.state])).toEqual([
    [4, "street", "陈主任", "试行", "waiting"],
    [3, "district", "", "", "confirmed"],
    [2, "district", "", "减一项", "confirmed"],
    [1, "street", "陈主任", "改名", "confirmed"],
  ]);
  expect(editions[1]?.sync).toMatchObject({ no: 4, at: 1_604 });
  expect(took(listTables(made.desk)).tables.find(({ table }) => table === "criteria")?.sync?.state).toBe("waiting");
  const back = made.bring("criteria", editions[3]?.opId);
  expect(back.cells).toEqual(set(first, 0, 1, "快慢"));
  expect(made.bring("criteria", editions[2]?.opId).cells).toEqual(first.slice(1));
  expect(
    took(publishTable(made.desk, { table: "criteria", cells: back.cells, was: digest, note: "带回第 1 版" })),
  ).toEqual({
    edition: 5,
  });
  expect(made.get("criteria").cells).toEqual(back.cells);
  expect(made.get("criteria").editions).toHaveLength(5);
  expect(made.bring("criteria", editions[0]?.opId).cells).toEqual(cells);
});

test("TB-10: what is not kept or not known is not claimed: an edition of before, a desk of its own, a district that lost it", () => {
  const made = open();
  made.send("sop", defaults.sop.slice(1));
  made.send("sop", defaults.sop.slice(2));
  made.pull();
  made.db.prepare("DELETE FROM table_edition WHERE edition = 1").run();
  expect(made.get("sop").editions.map(({ opId, sync }) => [opId !== null, sync?.state])).toEqual([
    [true, "confirmed"],
    [false, undefined],
  ]);
  expect(getEdition(made.desk, { table: "sop", opId: "x", language: "zh" })).toMatchObject({
    error: { id: "table.not_kept" },
  });
  startEpoch(made.db, "second", 3_000);
  expect(made.get("sop").editions[0]?.sync).toEqual({ state: "missing" });
  const own = open();
  own.link.state = "unenrolled";
  took(own.publish("sop", (cells) => cells.slice(1)));
  expect(own.get("sop").editions[0]?.sync).toEqual({ state: "local" });
});

test("TB-10: editions beyond those that the newest one names stay in the list", () => {
  const made = open();
  for (let at = 0; at < mostPast + 4; at++) took(made.publish("sop", (cells) => set(cells, 0, 2, `第 ${at} 次`)));
  const { editions } = made.get("sop");
  expect(editions.map(({ edition }) => edition)).toEqual(editions.map((_, at) => mostPast + 4 - at));
  expect(made.bring("sop", editions.at(-1)?.opId).cells[0]?.[2]).toBe("第 0 次");
});

test("TB-10 TB-12: one that the district did not take, because it had set its own, is kept apart and can be laid on it", () => {
  const made = open();
  const { cells } = made.get("criteria");
  took(made.publish("criteria", () => set(cells, 0, 1, "快慢")));
  made.send(
    "criteria",
    defaults.criteria.map((row, at) => (at === 1 ? { ...row, most: 40 } : row)),
  );
  made.refuse();
  made.pull();
  const { editions, refused, digest } = made.get("criteria");
  expect(editions.map(({ edition, from }) => [edition, from])).toEqual([[1, "district"]]);
  expect(refused).toMatchObject([{ from: "street", sync: { state: "refused", errorId: "table.changed" } }]);
  const mine = made.bring("criteria", refused[0]?.opId);
  const laid = made.rebase("criteria", mine.was ?? "", mine.cells);
  expect(laid).toMatchObject({ known: true, clashes: [], digest, came: [{ edition: 1, from: "district" }] });
  expect(laid.cells[0]?.[1]).toBe("快慢");
  expect(laid.cells[1]?.[3]).toBe("40");
});

test("TB-3 TB-12: a category that was renamed under the edits of another table is understood by the name that it had", () => {
  const made = open();
  const { cells, digest } = made.get("responsibility");
  const [first] = cells;
  const earlier = first?.[0] ?? "";
  for (const name of ["改过一次名", "又改了名"])
    took(
      made.publish("category", (rows) =>
        rows.map((row) => row.map((cell) => (cell === earlier || cell === "改过一次名" ? name : cell))),
      ),
    );
  expect(made.get("responsibility").cells[0]?.[0]).toBe("又改了名");
  for (const typed of [earlier, "改过一次名", "又改了名"]) {
    const check = took(
      checkTable(made.desk, { table: "responsibility", cells: set(cells, 0, 0, typed), language: "zh", written: "zh" }),
    );
    expect([typed, check.problems.filter(({ grave }) => grave), check.changes]).toEqual([typed, [], []]);
    // Nor does its row look changed to whoever types; one that says something else does.
    const isOld = typed !== "又改了名";
    expect(check.alike.map(([name]) => name)).toEqual(isOld ? [typed] : []);
    const other = set(set(cells, 0, 0, typed), 0, 4, "另有依据");
    expect(
      took(checkTable(made.desk, { table: "responsibility", cells: other, language: "zh", written: "zh" })).alike,
    ).toEqual([]);
  }
  const rest = defaults.responsibility.slice(0, -1);
  made.send("responsibility", rest);
  made.pull();
  const laid = made.rebase("responsibility", digest, cells);
  expect(laid.clashes).toEqual([]);
  expect(laid.cells).toHaveLength(rest.length);
});

test("TB-12: edits are laid on an edition that came meanwhile; where both changed the same the typed one stands and is named", () => {
  const made = open();
  const { cells, digest } = made.get("criteria");
  const [, second, third] = defaults.criteria;
  made.send("criteria", [
    { ...defaults.criteria[0], most: 30 },
    { ...second, about: "区里的说法" },
    { ...third, about: "区里改了" },
  ]);
  made.pull();
  let mine = set(cells, 0, 3, "20");
  mine = set(mine, 1, 1, "我的叫法");
  mine = set(mine, 3, 1, "我改的第四项");
  mine = [...mine.slice(0, 2), ["extra", "新项", "", "10", ""], ...mine.slice(3)];
  const laid = made.rebase("criteria", digest, mine);
  expect(laid.cells).toEqual([
    mine[0],
    [...(mine[1] ?? []).slice(0, 4), "区里的说法"],
    ["extra", "新项", "", "10", ""],
    mine[3],
  ]);
  expect(
    laid.clashes.map(({ kind, key, column, mine: own, theirs }) => [kind, key, column, own, theirs.slice(0, 2)]),
  ).toEqual([
    ["cell", cells[0]?.[0], "most", "20", "30"],
    ["gone_here", cells[2]?.[0], null, "", cells[2]?.[0]?.slice(0, 2)],
    ["gone_there", cells[3]?.[0], null, expect.stringContaining("我改的第四项"), ""],
  ]);
  expect(laid.changes.map(({ change }) => change)).toEqual(["changed", "changed", "changed", "removed"]);
  // Of an edition that this desk never had nothing is worked out, and the edits stay as they are.
  expect(made.rebase("criteria", "0".repeat(16), mine)).toMatchObject({ known: false, cells: mine, changes: [] });
});

test("TB-11: rows of a category that was taken out are called by its last name, counted, and keep their table from being published", () => {
  const made = open();
  const code = "waterlogging";
  took(
    made.publish("category", (cells) =>
      set(
        cells,
        cells.findIndex((row) => row[0] === code),
        1,
        "内涝积水",
      ),
    ),
  );
  took(made.publish("category", (cells) => cells.filter((row) => row[0] !== code)));
  const { cells } = made.get("clock");
  const named = cells.filter(([name]) => name === "内涝积水（已删除）");
  expect(named.length).toBeGreaterThan(0);
  expect(
    took(getTable(made.desk, { table: "clock", language: "en" })).cells.some(([name]) => name?.endsWith(" (deleted)")),
  ).toBe(true);
  const count = (table: TableName) => took(listTables(made.desk)).tables.find((one) => one.table === table)?.orphans;
  expect(count("clock")).toBe(named.length);
  expect(count("criteria")).toBe(0);
  const check = (rows: string[][]) =>
    took(checkTable(made.desk, { table: "clock", cells: rows, language: "zh", written: "zh" })).problems.filter(
      ({ problem }) => problem === "deleted_ref",
    );
  expect(check(cells)).toHaveLength(named.length);
  expect(check(cells)[0]).toMatchObject({ grave: true, column: "category", params: { name: "内涝积水" } });
  // The bare name, as somebody types it or an older sheet has it, is the same.
  expect(check([["内涝积水", "一般", "", "", "", "", "", "2天", ""]])).toHaveLength(1);
  expect(made.publish("clock", (rows) => set(rows, 0, 2, "9分"))).toMatchObject({ error: { id: "table.wrong" } });
  took(made.publish("clock", (rows) => rows.filter(([name]) => !name?.endsWith("（已删除）"))));
  expect(count("clock")).toBe(0);
  // What is said of a deleted one names it also after it has come back.
  const gone = made.get("sop").cells.find(([name]) => name === "内涝积水（已删除）");
  took(made.publish("category", (rows) => [...rows, [code, "内涝积水", "", "平安法治", "", "", "", "3", ""]]));
  if (gone) expect(made.publish("sop", (rows) => [...rows.slice(1), gone])).toMatchObject({ ok: false });
  expect(
    took(
      checkTable(made.desk, {
        table: "clock",
        cells: [["内涝积水（已删除）", "一般", "", "", "", "", "", "2天", ""]],
        language: "zh",
        written: "zh",
      }),
    ).problems.filter(({ grave }) => grave),
  ).toEqual([]);
});
