import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase, pragmas } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { forget, openTestDesk } from "./desk.ts";

test("every pragma of a durable database is read back at start", async () => {
  const desk = await openTestDesk({ demo: "played" });
  expect((await desk.get("system.status")).pragmas).toEqual(pragmas);
  expect(statSync(join(desk.profileDir, "desk.db")).mode & 0o777).toBe(0o600);
  await desk.close();
  forget(desk.profileDir);
});

test.each([
  ["garbage", (file: string) => writeFileSync(file, "not a database at all, but long enough to be one".repeat(200))],
  ["cut in half", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096)],
  ["missing", (file: string) => rmSync(file)],
])(
  "I9 a profile whose database is %s opens the recovery screen, never an empty desk, and comes back from a snapshot",
  async (_name, spoil) => {
    const desk = await openTestDesk();
    await desk.get("session.signIn", { pin: "2580" });
    await desk.get("event.report", { text: "快照前的一件事" });
    await desk.get("system.snapshot");
    await desk.close();
    for (const suffix of ["-wal", "-shm"]) rmSync(join(desk.profileDir, `desk.db${suffix}`), { force: true });
    spoil(join(desk.profileDir, "desk.db"));

    const broken = await openTestDesk({ profileDir: desk.profileDir });
    const status = await broken.get("system.status");
    expect(status.phase).toBe("recovery");
    expect(status.recovery?.errorId).toBe("profile.broken");
    expect(status.recovery?.snapshots.length).toBeGreaterThan(0);
    expect(await broken.refusal("event.list")).toBe("profile.broken");
    expect(await broken.refusal("setup.demo", {})).toBe("setup.done");

    await broken.get("system.restore", { file: null });
    expect((await broken.get("system.status")).phase).toBe("ready");
    await broken.get("session.signIn", { pin: "2580" });
    expect((await broken.get("event.list", { search: "快照前" })).total).toBe(1);
    if (_name !== "missing") expect(readdirSync(join(desk.profileDir, "quarantine")).length).toBe(1);
    await broken.close();
    forget(desk.profileDir);
  },
);

test("a database of a newer version is refused, not guessed, and stays untouched", async () => {
  const desk = await openTestDesk();
  await desk.close();
  const file = join(desk.profileDir, "desk.db");
  const db = new Sqlite(file);
  db.pragma(`user_version = ${migrations.length + 1}`);
  db.close();
  const older = await openTestDesk({ profileDir: desk.profileDir });
  expect((await older.get("system.status")).recovery?.errorId).toBe("profile.newer");
  await older.close();
  expect(new Sqlite(file, { readonly: true }).pragma("user_version", { simple: true })).toBe(migrations.length + 1);
  forget(desk.profileDir);
});

test("two processes never share a profile: the second is told so", async () => {
  const desk = await openTestDesk();
  const second = openDatabase(join(desk.profileDir, "desk.db"));
  expect(second.ok ? "opened" : second.error.id).toBe("profile.in_use");
  await desk.close();
  forget(desk.profileDir);
});

test("a profile folder that is a file says where the trouble is", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-file-"));
  writeFileSync(join(folder, "profile"), "");
  const opened = openDatabase(join(folder, "profile", "desk.db"));
  expect(opened.ok ? "opened" : opened.error.id).toBe("profile.not_writable");
  expect(existsSync(join(folder, "profile"))).toBe(true);
  forget(folder);
});
