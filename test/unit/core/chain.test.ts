import { createHash, createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import canonicalize from "canonicalize";
import { afterEach, expect, test } from "vitest";
import { chainHead } from "#core/store/chain.ts";
import type { ChainEntry } from "#shared/domain/duty-log/chain-entry.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk | undefined;
afterEach(async () => {
  await desk?.close();
  if (desk) forget(desk.profileDir);
  desk = undefined;
});

interface Row {
  readonly seq: number;
  readonly hash: string;
  readonly entry: string;
  readonly sig: string;
  readonly log_id: string;
}

/** The chain as it lies in the file, read while the desk is closed. */
async function chainOf(one: TestDesk): Promise<{ rows: Row[]; entries: ChainEntry[]; lines: number }> {
  await one.core.close();
  const db = new Sqlite(join(one.profileDir, "desk.db"), { readonly: true });
  const rows = db.prepare("SELECT * FROM chain ORDER BY seq").all() as Row[];
  const lines = db.prepare("SELECT count(*) FROM duty_log").pluck().get() as number;
  const head = chainHead(db);
  db.close();
  expect(head).toMatchObject({ seq: rows.at(-1)?.seq, hash: rows.at(-1)?.hash });
  expect(head?.shortCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  return { rows, entries: rows.map(({ entry }) => JSON.parse(entry) as ChainEntry), lines };
}

test("LG-2: each line written here is one entry: numbered, chained, hashed as agreed and signed by the desk's key", async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  await desk.get("log.write", { kind: "note", text: "巡查无异常" });
  const { rows, entries, lines } = await chainOf(desk);
  expect(rows.length).toBe(lines);
  const first = entries[0];
  expect(first).toMatchObject({ kind: "desk.begin", seq: 1, prev: "0".repeat(64) });
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(first?.key ?? "", "base64")]),
    format: "der",
    type: "spki",
  });
  for (const [index, row] of rows.entries()) {
    const entry = entries[index];
    expect(row.entry).toBe(canonicalize(entry));
    expect(entry).toMatchObject({ seq: index + 1, prev: rows[index - 1]?.hash ?? "0".repeat(64) });
    expect(row.hash).toBe(createHash("sha256").update(`duty-log-v1\0${row.entry}`).digest("hex"));
    expect(verify(null, Buffer.from(row.hash, "hex"), key, Buffer.from(row.sig, "base64"))).toBe(true);
  }
  expect(entries.at(-1)).toMatchObject({ kind: "log.write", grade: expect.stringMatching(/operator|shift_leader/) });
});

test("LG-2: a change that its rule refuses leaves no entry", async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  expect(await desk.refusal("log.write", { kind: "note", text: "更正", corrects: "nothing" })).toBe("log.unknown");
  const { rows, lines } = await chainOf(desk);
  expect(rows.length).toBe(lines);
});

test("LG-2: a correction names the number of the entry that it sets right", async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  const { id } = await desk.get("log.write", { kind: "note", text: "水位 3.2 米" });
  await desk.get("log.write", { kind: "note", text: "水位 2.3 米", corrects: id });
  const { entries } = await chainOf(desk);
  const [wrong, right] = entries.slice(-2);
  expect(right?.corrects).toBe(wrong?.seq);
});

test("LG-3: a clock that jumps by more than 120 s between two entries is an entry before the second, a slow day is none", async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  const pass = async (wallMs: number, monoMs: number) => {
    if (!desk) return;
    desk.clock.wall += wallMs;
    desk.clock.monotonic += monoMs;
    await desk.get("log.write", { kind: "note", text: "记事" });
  };
  await pass(0, 0);
  await pass(3_600_000, 3_600_000);
  await pass(119_000, 0);
  await pass(121_000, 0);
  await pass(-3_600_000, 0);
  const { entries } = await chainOf(desk);
  expect(entries.slice(-7).map(({ kind }) => kind)).toEqual([
    "log.write",
    "log.write",
    "log.write",
    "desk.clock",
    "log.write",
    "desk.clock",
    "log.write",
  ]);
});

test("LG-3: across a restart only a clock that went back is an entry", async () => {
  desk = await openTestDesk();
  const { profileDir, clock } = desk;
  await desk.core.close();
  const later = await openTestDesk({ profileDir, ports: { now: () => clock.now + 86_400_000 } });
  await later.core.close();
  desk = await openTestDesk({ profileDir, ports: { now: () => clock.now - 86_400_000 } });
  const { entries } = await chainOf(desk);
  expect(entries.filter(({ kind }) => kind === "desk.clock")).toHaveLength(1);
});
