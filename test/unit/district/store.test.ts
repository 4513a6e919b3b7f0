import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeCode } from "#district/auth/codes.ts";
import { addDevice, letterOf } from "#district/auth/devices.ts";
import { limitRate } from "#district/auth/rate.ts";
import { openPull } from "#district/ledger/pull.ts";
import { openPush } from "#district/ledger/push.ts";
import { openAudit } from "#district/store/audit.ts";
import { readIdentity } from "#district/store/meta.ts";
import { migrations } from "#district/store/migrations/index.ts";
import { type Db, NewerStore, openStore } from "#district/store/open.ts";
import { opMaker, otherStreet, street } from "../../protocol/ops.ts";
import { drawer, seed } from "../../seed.ts";

let dir: string;
let file: string;
let db: Db;
const divisions = {
  district: { name: "永川区" },
  streets: [
    { code: street, name: "中山路街道" },
    { code: otherStreet, name: "胜利路街道" },
  ],
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "zhishou-store-"));
  file = join(dir, "district.db");
  db = openStore(file);
  let ids = 0;
  readIdentity(db, divisions, () => `identity-${++ids}`);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

const deviceIn = (name: string, of = street) =>
  addDevice(db, { id: name, street: of, name, publicKey: name.padEnd(44, "="), sample: false }, 1);

/** A desk that asks for all there is. */
const reader = { id: "reader", street };
const whole = { after: 0, until: null, limit: 500, marks: 0, whole: true };

describe("the store", () => {
  test("runs with what a power cut asks for, and is one file that another process can write to as well", () => {
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys"), pragma("trusted_schema")]).toEqual([
      "wal",
      2,
      1,
      0,
    ]);
    const beside = openStore(file);
    makeCode(beside, street, 1, (length) => new Uint8Array(length));
    beside.close();
    expect(db.prepare("SELECT count(*) FROM code").pluck().get()).toBe(1);
  });

  test("0001-first: the ledger, the refusals and the audit can be added to and nothing else", () => {
    deviceIn("a");
    const push = openPush(
      db,
      openAudit(db, () => 1),
    );
    const { officer, act } = opMaker({ device: "a" });
    push({ id: "a", street }, [officer(), act("none", "accept")], 1);
    openAudit(db, () => 1)("started", null, "");
    for (const table of ["ledger", "refusal", "audit"]) {
      expect(() => db.exec(`UPDATE ${table} SET at = 0`), table).toThrow("append-only");
      expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow("append-only");
    }
  });

  test("migrations run once; data of a newer version is refused and left as it is", () => {
    expect(db.pragma("user_version", { simple: true })).toBe(migrations.length);
    db.close();
    db = openStore(file);
    db.pragma(`user_version = ${migrations.length + 1}`);
    db.close();
    expect(() => openStore(file)).toThrow(NewerStore);
    const raw = new Database(file);
    expect(raw.pragma("user_version", { simple: true })).toBe(migrations.length + 1);
    raw.pragma(`user_version = ${migrations.length}`);
    raw.close();
    db = openStore(file);
  });

  test("who the district is does not change when it is asked again", () => {
    const first = readIdentity(db, divisions, () => "other");
    expect(first).toMatchObject({ serverId: "identity-1", epoch: "identity-2", name: "永川区治理中心" });
  });

  test("a code is kept as a hash only", () => {
    const code = makeCode(db, street, 1, () => Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2));
    expect(JSON.stringify(db.prepare("SELECT * FROM code").all())).not.toContain(code);
  });

  test("a flood of refused requests leaves one line a minute", () => {
    let now = 0;
    const audit = openAudit(db, () => now);
    const lines = () => db.prepare("SELECT count(*) FROM audit").pluck().get();
    for (; now < 120_000; now += 100) audit("request_refused", "someone", "link.clock");
    expect(lines()).toBe(2);
  });
});

describe("the ledger", () => {
  test("PR-7, PR-8: two desks, drawn batches, each sent again and again: one effect each, one order, no gap", () => {
    const draw = drawer(seed);
    const audit = openAudit(db, () => 1);
    const push = openPush(db, audit);
    const pull = openPull(db);
    const desks = ["a", "b"].map((name) => {
      const device = deviceIn(name);
      const { officer, note } = opMaker({ device: name });
      const ops = [
        officer({ id: `officer-${name}` }),
        officer(),
        ...Array.from({ length: 200 }, (_, n) => note(`${name}${n}`)),
      ];
      return { device, ops, at: 0 };
    });
    for (let turn = 0; desks.some((desk) => desk.at < desk.ops.length); turn++) {
      const desk = desks[draw() < 0.5 ? 0 : 1];
      if (!desk) continue;
      const from = Math.max(0, desk.at - Math.floor(draw() * 5) + Math.floor(draw() * 3));
      const batch = desk.ops.slice(from, from + 1 + Math.floor(draw() * 10));
      for (const result of push({ id: desk.device.id, street }, batch, turn)) {
        const index = desk.ops.findIndex((op) => op.id === result.opId);
        if (result.outcome === "accepted") expect(index).toBe(desk.at++);
        if (result.outcome === "duplicate") expect(index).toBeLessThan(desk.at);
        if (result.outcome === "later") expect(index).toBeGreaterThan(desk.at);
      }
    }
    const page = pull(reader, whole);
    expect(page.ops.map((op) => op.no)).toEqual(Array.from({ length: 404 }, (_, index) => index + 1));
    for (const { device, ops } of desks)
      expect(page.ops.filter((op) => op.device === device.id).map((op) => op.id)).toEqual(ops.map((op) => op.id));
  });

  test("PR-9: a page ends before it gets too large for a poor link, and says that there is more", () => {
    deviceIn("a");
    const push = openPush(
      db,
      openAudit(db, () => 1),
    );
    const { officer, note } = opMaker({ device: "a" });
    const person = officer();
    const long = Array.from({ length: 300 }, (_, index) => note(`n${index}`, "字".repeat(4_000)));
    for (const batch of [[person], long.slice(0, 100), long.slice(100, 200), long.slice(200)])
      push({ id: "a", street }, batch, 1);
    const page = openPull(db)(reader, whole);
    expect(page.more).toBe(true);
    expect(page.ops.length).toBeGreaterThan(50);
    expect(page.ops.length).toBeLessThan(200);
    expect(page.upTo).toBe(page.ops.at(-1)?.no);
  });

  test("a batch is one transaction: if the disk gives out in the middle, no part of it was taken", () => {
    deviceIn("a");
    const push = openPush(
      db,
      openAudit(db, () => 1),
    );
    const { officer, note } = opMaker({ device: "a" });
    push({ id: "a", street }, [officer()], 1);
    db.exec(
      "CREATE TRIGGER full BEFORE INSERT ON ledger WHEN NEW.op_id LIKE '%f' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    const batch = Array.from({ length: 60 }, (_, index) => note(`n${index}`));
    batch.push({ ...note("last"), id: "01990000-0000-7000-8000-00000000000f" });
    const before = db.prepare("SELECT total_changes()").pluck().get();
    expect(() => push({ id: "a", street }, batch, 1)).toThrow("disk full");
    expect(before).toBeDefined();
    expect(openPull(db)(reader, whole).ops).toHaveLength(1);
    expect(db.prepare("SELECT next_seq FROM device").pluck().get()).toBe(2);
  });
});

test("letters of desks go on after Z", () => {
  expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
    "A",
    "B",
    "Z",
    "AA",
    "AB",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
  ]);
});

test("a source may ask in a burst, then at a steady pace; another source is not hindered", () => {
  let now = 0;
  const wait = limitRate(() => now);
  for (let index = 0; index < 100; index++) expect(wait("a")).toBe(0);
  expect(wait("a")).toBe(50);
  expect(wait("b")).toBe(0);
  now += 50;
  expect(wait("a")).toBe(0);
  expect(wait("a")).toBeGreaterThan(0);
  now += 60_000;
  for (let index = 0; index < 100; index++) expect(wait("a")).toBe(0);
  expect(wait("a")).toBeGreaterThan(0);
});
