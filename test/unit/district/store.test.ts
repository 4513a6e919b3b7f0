import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeCode } from "#district/auth/codes.ts";
import { addDevice, letterOf } from "#district/auth/devices.ts";
import { limitRate } from "#district/auth/rate.ts";
import { openPull } from "#district/ledger/pull.ts";
import { openPush } from "#district/ledger/push.ts";
import { openAudit } from "#district/store/audit.ts";
import { readIdentity } from "#district/store/meta.ts";
import { migrations, NewerStore } from "#district/store/migrations/index.ts";
import { openStore, type Place, type Store } from "#district/store/open.ts";
import { openSqlite } from "#district/store/sqlite.ts";
import { opMaker, otherStreet, street } from "../../protocol/ops.ts";
import { makeDatabase, onPostgres, type TestDatabase } from "../../protocol/stores.ts";
import { drawer, seed } from "../../seed.ts";

let dir: string;
let file: string;
let database: TestDatabase | undefined;
let place: Place;
let store: Store;
const divisions = {
  district: { name: "永川区" },
  streets: [
    { code: street, name: "中山路街道" },
    { code: otherStreet, name: "胜利路街道" },
  ],
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "zhishou-store-"));
  file = join(dir, "district.db");
  database = await makeDatabase();
  place = database ? { url: database.url } : { file };
  store = await openStore(place);
  let ids = 0;
  await readIdentity(store, divisions, () => `identity-${++ids}`);
});
afterEach(async () => {
  await store.close();
  await database?.drop();
  rmSync(dir, { recursive: true });
});

/** One number that a question in SQL answers. */
const count = async (text: string): Promise<number> => {
  const { rows } = await sql.raw<{ count: number }>(text).execute(store.db);
  return rows[0]?.count ?? Number.NaN;
};
const exec = (text: string) => sql.raw(text).execute(store.db);

const deviceIn = (name: string, of = street) =>
  addDevice(store.db, { id: name, street: of, name, publicKey: name.padEnd(44, "="), sample: false }, 1);

/** A desk that asks for all there is. */
const reader = { id: "reader", street };
const whole = { after: 0, until: null, limit: 500, marks: 0, whole: true };

describe("the store", () => {
  test.skipIf(onPostgres)("PR-28: runs with what a power cut asks for", () => {
    const db = openSqlite(file);
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys"), pragma("trusted_schema")]).toEqual([
      "wal",
      2,
      1,
      0,
    ]);
    db.close();
  });

  test("another process can write to it as well", async () => {
    const beside = await openStore(place);
    await makeCode(beside.db, street, 1, (length) => new Uint8Array(length));
    await beside.close();
    expect(await count("SELECT count(*) AS count FROM code")).toBe(1);
  });

  test("0001-first: the ledger, the refusals and the audit can be added to and nothing else", async () => {
    await deviceIn("a");
    const audit = openAudit(store.db, () => 1);
    const push = openPush(store, audit);
    const { officer, act } = opMaker({ device: "a" });
    await push({ id: "a", street }, [officer(), act("none", "accept")], 1);
    await audit("started", null, "");
    for (const table of ["ledger", "refusal", "audit"]) {
      await expect(exec(`UPDATE ${table} SET at = 0`), table).rejects.toThrow("append-only");
      await expect(exec(`DELETE FROM ${table}`), table).rejects.toThrow("append-only");
      if (onPostgres) await expect(exec(`TRUNCATE ${table} CASCADE`), table).rejects.toThrow("append-only");
    }
  });

  test.skipIf(onPostgres)("migrations run once; data of a newer version is refused and left as it is", async () => {
    await store.close();
    const raw = new Database(file);
    expect(raw.pragma("user_version", { simple: true })).toBe(migrations.length);
    raw.pragma(`user_version = ${migrations.length + 1}`);
    await expect(openStore(place)).rejects.toThrow(NewerStore);
    expect(raw.pragma("user_version", { simple: true })).toBe(migrations.length + 1);
    raw.pragma(`user_version = ${migrations.length}`);
    raw.close();
    store = await openStore(place);
  });

  test.runIf(onPostgres)("migrations run once; data of a newer version is refused and left as it is", async () => {
    const version = "SELECT no AS count FROM store_version";
    expect(await count(version)).toBe(migrations.length);
    await exec(`UPDATE store_version SET no = ${migrations.length + 1}`);
    await expect(openStore(place)).rejects.toThrow(NewerStore);
    expect(await count(version)).toBe(migrations.length + 1);
  });

  test.skipIf(onPostgres)(
    "0004-counters: a ledger of before it goes on at its next number, its events are found",
    async () => {
      await deviceIn("a");
      const { officer, report } = opMaker({ device: "a" });
      const push = openPush(
        store,
        openAudit(store.db, () => 1),
      );
      await push({ id: "a", street }, [officer(), report("e1")], 1);
      await exec("DROP TABLE counter");
      await exec("DROP TABLE event_index");
      for (const column of ["seen_at", "holds_no"]) await exec(`ALTER TABLE device DROP COLUMN ${column}`);
      await exec("PRAGMA user_version = 3");
      await store.close();
      store = await openStore(place);
      const counters = await store.db.selectFrom("counter").selectAll().orderBy("name").execute();
      expect(counters).toEqual([
        { name: "ledger", no: 2 },
        { name: "witness", no: 0 },
      ]);
      expect(await store.db.selectFrom("event_index").selectAll().execute()).toEqual([
        { street, id: "e1", number: "20261121-A001", state: "reported" },
      ]);
    },
  );

  test("who the district is does not change when it is asked again", async () => {
    const first = await readIdentity(store, divisions, () => "other");
    expect(first).toMatchObject({ serverId: "identity-1", epoch: "identity-2", name: "永川区治理中心" });
  });

  test("a code is kept as a hash only", async () => {
    const code = await makeCode(store.db, street, 1, () => Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2));
    expect(JSON.stringify(await store.db.selectFrom("code").selectAll().execute())).not.toContain(code);
  });

  test("a flood of refused requests leaves one line a minute", async () => {
    let now = 0;
    const audit = openAudit(store.db, () => now);
    for (; now < 120_000; now += 100) await audit("request_refused", "someone", "link.clock");
    expect(await count("SELECT count(*) AS count FROM audit")).toBe(2);
  });
});

describe("the ledger", () => {
  test("PR-7, PR-8: two desks, drawn batches, each sent again and again: one effect each, one order, no gap", async () => {
    const draw = drawer(seed);
    const audit = openAudit(store.db, () => 1);
    const push = openPush(store, audit);
    const pull = openPull(store);
    const devices = [await deviceIn("a"), await deviceIn("b")];
    const desks = devices.map((device) => {
      const { id: name } = device;
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
      const { results } = await push({ id: desk.device.id, street }, batch, turn);
      for (const result of results) {
        const index = desk.ops.findIndex((op) => op.id === result.opId);
        if (result.outcome === "accepted") expect(index).toBe(desk.at++);
        if (result.outcome === "duplicate") expect(index).toBeLessThan(desk.at);
        if (result.outcome === "later") expect(index).toBeGreaterThan(desk.at);
      }
    }
    const page = await pull(reader, whole);
    expect(page.ops.map((op) => op.no)).toEqual(Array.from({ length: 404 }, (_, index) => index + 1));
    for (const { device, ops } of desks)
      expect(page.ops.filter((op) => op.device === device.id).map((op) => op.id)).toEqual(ops.map((op) => op.id));
  });

  test("PR-9: a page ends before it gets too large for a poor link, and says that there is more", async () => {
    await deviceIn("a");
    const push = openPush(
      store,
      openAudit(store.db, () => 1),
    );
    const { officer, note } = opMaker({ device: "a" });
    const person = officer();
    const long = Array.from({ length: 300 }, (_, index) => note(`n${index}`, "字".repeat(4_000)));
    for (const batch of [[person], long.slice(0, 100), long.slice(100, 200), long.slice(200)])
      await push({ id: "a", street }, batch, 1);
    const page = await openPull(store)(reader, whole);
    expect(page.more).toBe(true);
    expect(page.ops.length).toBeGreaterThan(50);
    expect(page.ops.length).toBeLessThan(200);
    expect(page.upTo).toBe(page.ops.at(-1)?.no);
  });

  test("a batch is one transaction: if the disk gives out in the middle, no part of it was taken", async () => {
    await deviceIn("a");
    const push = openPush(
      store,
      openAudit(store.db, () => 1),
    );
    const { officer, note, report } = opMaker({ device: "a" });
    await push({ id: "a", street }, [officer()], 1);
    // The last thing that a push writes before its turn moves on.
    await exec(
      onPostgres
        ? "ALTER TABLE event_index ADD CHECK (id <> 'last')"
        : "CREATE TRIGGER full BEFORE INSERT ON event_index WHEN NEW.id = 'last' BEGIN SELECT RAISE(ABORT, 'check'); END",
    );
    const batch = Array.from({ length: 60 }, (_, index) => note(`n${index}`));
    await expect(push({ id: "a", street }, [...batch, report("last")], 1)).rejects.toThrow("check");
    expect((await openPull(store)(reader, whole)).ops).toHaveLength(1);
    expect(await count("SELECT next_seq AS count FROM device")).toBe(2);
    expect(await count("SELECT no AS count FROM counter WHERE name = 'ledger'")).toBe(1);
    // Nothing of it stands in the way when it comes again.
    await exec(onPostgres ? "ALTER TABLE event_index DROP CONSTRAINT event_index_id_check" : "DROP TRIGGER full");
    const { results } = await push({ id: "a", street }, batch, 1);
    expect(results.map((result) => ("no" in result ? result.no : 0))).toEqual(batch.map((_, index) => index + 2));
  });

  test("PR-28: streets that push at once: one order without a gap, and no cursor passes a number that is not yet there", async () => {
    const streets = [street, otherStreet];
    const push = openPush(
      store,
      openAudit(store.db, () => 1),
    );
    const pull = openPull(store);
    const turns = 12;
    const seen = new Map<string, string[]>();
    let writing = streets.length;
    const write = async (of: string) => {
      const device = await deviceIn(`desk-${of}`, of);
      const { officer, note } = opMaker({ device: device.id, street: of });
      await push({ id: device.id, street: of }, [officer()], 1);
      for (let turn = 0; turn < turns; turn++)
        await push({ id: device.id, street: of }, [note(`${of}-${turn}-a`), note(`${of}-${turn}-b`)], 1);
      writing--;
    };
    const read = async (of: string) => {
      const ids: string[] = [];
      seen.set(of, ids);
      for (let after = 0, last = false; !last; ) {
        last = writing === 0;
        const page = await pull({ id: "reader", street: of }, { ...whole, after });
        ids.push(...page.ops.map((op) => op.id));
        after = page.upTo;
      }
    };
    await Promise.all([...streets.map(write), ...streets.map(read)]);
    const ledger = await store.db.selectFrom("ledger").select(["no", "op_id", "street"]).orderBy("no").execute();
    expect(ledger.map(({ no }) => no)).toEqual(
      Array.from({ length: streets.length * (1 + 2 * turns) }, (_, n) => n + 1),
    );
    for (const of of streets)
      expect(seen.get(of)).toEqual(ledger.filter((row) => row.street === of).map(({ op_id }) => op_id));
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
