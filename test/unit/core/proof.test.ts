import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { check } from "../../../tools/verify/check.ts";
import { readExport } from "../../../tools/verify/read.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk | undefined;
afterEach(async () => {
  await desk?.close();
  if (desk) forget(desk.profileDir);
  desk = undefined;
});

async function signIn(one: TestDesk, grade: "admin" | "operator"): Promise<void> {
  const { officers } = await one.get("session.officers");
  const officerId = officers.find((officer) => officer.grade === grade)?.id ?? "";
  await one.get("session.signIn", { officerId, pin: "2580" });
}

const judge = async (one: TestDesk) => {
  const { base64, fileName } = await one.get("log.export");
  expect(fileName).toMatch(/^值班日志-.+\.jsonl$/);
  const file = readExport(Buffer.from(base64, "base64"));
  if (typeof file === "number") throw new Error(`line ${file}`);
  return { file, report: check(file, [], undefined) };
};

test("LG-5: an untouched log is sound to the desk and to the verifier; who took it out is a line of it", async () => {
  desk = await openTestDesk();
  await signIn(desk, "admin");
  const { report } = await judge(desk);
  expect(report).toMatchObject({ verdict: "unwitnessed", bad: null, witnessed: 0 });
  const verdict = await desk.get("log.check");
  expect(verdict).toMatchObject({ fault: null, entries: report.last });
  expect(verdict.shortCode.replaceAll("-", "")).toBe(report.code);
  const { entries } = await desk.get("log.list", {});
  expect(entries[0]).toMatchObject({ kind: "desk", action: "desk.export", chainSeq: report.last });
});

test("LG-4: only an administrator erases, with a reason, once; the words are gone everywhere, the entry and the chain stay", async () => {
  desk = await openTestDesk();
  await signIn(desk, "operator");
  const { id } = await desk.get("log.write", {
    kind: "call",
    text: "张某某来电求助低保",
    callerName: "张某某",
    callerPhone: "13911112222",
  });
  for (const search of ["张", "低保", "13911112222"])
    expect((await desk.get("log.list", { search })).entries.map((entry) => entry.id)).toContain(id);
  expect(await desk.refusal("log.erase", { id, reason: "保存期满" })).toBe("session.not_allowed");
  await signIn(desk, "admin");
  await desk.get("log.erase", { id, reason: "保存期满" });
  expect(await desk.refusal("log.erase", { id, reason: "再来" })).toBe("log.not_erasable");

  const { entries } = await desk.get("log.list", {});
  const erasing = entries[0];
  const erased = entries.find((entry) => entry.id === id);
  expect(erased).toMatchObject({ id, text: { zh: "", en: "" }, callerName: "", callerPhone: "" });
  expect(erased?.erasedAt).not.toBeNull();
  expect(erasing).toMatchObject({ kind: "desk", action: "erase", corrects: id });
  expect((await desk.get("log.list", { search: "13911112222" })).entries).toEqual([]);
  expect((await desk.get("log.check")).fault).toBeNull();
  const { file, report } = await judge(desk);
  expect(report).toMatchObject({ bad: null, erased: 1 });
  expect(JSON.stringify(file.entries)).not.toContain("张某某");

  await desk.core.close();
  const db = new Sqlite(join(desk.profileDir, "desk.db"), { readonly: true });
  for (const table of ["op", "entity", "duty_log", "chain"])
    expect(JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()), table).not.toContain("13911112222");
  db.close();
});

test("LG-4: a line that an action wrote is not erased by itself", async () => {
  desk = await openTestDesk();
  await signIn(desk, "admin");
  const { entries } = await desk.get("log.list", { kinds: ["event"] });
  expect(await desk.refusal("log.erase", { id: entries[0]?.id ?? "", reason: "保存期满" })).toBe("log.not_erasable");
});

test("LG-3: a key is changed by an administrator only; the old one signs the change and what follows is still sound", async () => {
  desk = await openTestDesk();
  await signIn(desk, "operator");
  expect(await desk.refusal("log.changeKey")).toBe("session.not_allowed");
  await signIn(desk, "admin");
  await desk.get("log.changeKey");
  await desk.get("log.write", { kind: "note", text: "换密钥之后" });
  expect((await desk.get("log.check")).fault).toBeNull();
  expect((await judge(desk)).report.bad).toBeNull();
});

test("LG-3: a restored desk says so in its log", async () => {
  desk = await openTestDesk();
  await signIn(desk, "admin");
  await desk.get("system.snapshot");
  await desk.core.close();
  const { profileDir } = desk;
  const { writeFileSync } = await import("node:fs");
  writeFileSync(join(profileDir, "desk.db"), "broken");
  desk = await openTestDesk({ profileDir });
  await desk.get("system.restore", { file: null });
  await signIn(desk, "admin");
  const { entries } = await desk.get("log.list", { kinds: ["desk"] });
  expect(entries.map(({ action }) => action)).toContain("desk.restore");
});
