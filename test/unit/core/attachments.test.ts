import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentPath, spareContents } from "#core/files/contents.ts";
import { filePieceMost } from "#shared/contract.ts";
import { dayMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
let eventId = "";

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  eventId = (await desk.get("event.report", { text: "路灯不亮" })).event.id;
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

async function bring(bytes: Buffer, name: string): Promise<string> {
  const { fileId } = await desk.get("file.begin", { fileName: "x", bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += filePieceMost)
    await desk.get("file.piece", {
      fileId,
      offset,
      base64: bytes.subarray(offset, offset + filePieceMost).toString("base64"),
    });
  return `${fileId} ${name}`;
}
const stage = async (bytes: Buffer, name: string, key = "intake") => {
  const fileId = (await bring(bytes, name)).split(" ")[0] ?? "";
  return (await desk.core.call("attachment.stage", { fileId, key, name })) as
    | { ok: true; value: { staged: { id: string; sha256: string; media: string; name: string } } }
    | { ok: false; error: { id: string; params?: object } };
};
const staged = async (bytes: Buffer, name: string, key = "intake") => {
  desk.clock.now += 1;
  const done = await stage(bytes, name, key);
  if (!done.ok) throw new Error(done.error.id);
  return done.value.staged;
};
const pdf = (words: string) => Buffer.from(`%PDF-1.7 ${words}`);

test("AT-1: a file is taken for what it holds, whatever it calls itself; what is refused leaves nothing", async () => {
  expect(await staged(pdf("一"), "照片.jpg")).toMatchObject({ media: "application/pdf", name: "照片.pdf" });
  const refusals = [];
  const huge = Buffer.from("89504e470d0a1a0a0000000d49484452000f4240000f42400806000000", "hex");
  for (const [bytes, name] of [
    [Buffer.from("<script>alert(1)</script>"), "a.jpg"],
    [Buffer.from("MZ\u0090\u0000"), "b.pdf"],
    [huge, "c.png"],
  ] as const) {
    const done = await stage(bytes, name);
    refusals.push(done.ok ? "" : done.error.id);
  }
  expect(refusals).toEqual(["attachment.media", "attachment.media", "attachment.pixels"]);
  expect(readdirSync(join(desk.profileDir, "incoming"))).toEqual([]);
});

test("AT-1: a file beyond the bound is refused with its size and the bound", async () => {
  const large = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(51 * 2 ** 20)]);
  const done = await stage(large, "大.jpg");
  expect(done.ok ? "" : done.error).toMatchObject({
    id: "attachment.too_large",
    params: { name: "大.jpg", size: "51 MB", most: "50 MB" },
  });
});

test("AT-5: files of a form wait with it and become attachments with the event, all of them or none", async () => {
  const [first, second] = [await staged(pdf("甲"), "甲.pdf", "form"), await staged(pdf("乙"), "乙.pdf", "form")];
  expect((await desk.get("attachment.staged", { key: "form" })).items.map(({ name }) => name)).toEqual([
    "甲.pdf",
    "乙.pdf",
  ]);
  expect(await desk.refusal("event.report", { text: "施工扰民", attachmentIds: [first.id, "none"] })).toBe(
    "attachment.unknown",
  );
  expect((await desk.get("attachment.staged", { key: "form" })).items).toHaveLength(2);
  const { event } = await desk.get("event.report", { text: "施工扰民", attachmentIds: [first.id, second.id] });
  expect(event.attachments.map(({ name }) => name)).toEqual(["甲.pdf", "乙.pdf"]);
  expect((await desk.get("attachment.staged", { key: "form" })).items).toEqual([]);
  const { timeline } = await desk.get("event.get", { id: event.id });
  expect(timeline.map(({ text }) => text.zh)).toContain("附上文件（PDF）：甲.pdf");
  const told = await desk.get("attachment.list", { eventId: event.id });
  expect([told.live, told.held, told.items[0]?.district]).toEqual([2, 0, "local"]);
});

test("AT-2, AT-5: the same file taken twice into a form is one, and its event is saved", async () => {
  const first = await staged(pdf("寅"), "第一次.pdf", "twice");
  const again = await staged(pdf("寅"), "第二次.pdf", "twice");
  expect(again.id).toBe(first.id);
  expect((await desk.get("attachment.staged", { key: "twice" })).items.map(({ name }) => name)).toEqual(["第一次.pdf"]);
  const { event } = await desk.get("event.report", { text: "同一张照片贴了两次", attachmentIds: [first.id] });
  expect(event.attachments).toHaveLength(1);
  expect((await desk.get("attachment.staged", { key: "twice" })).items).toEqual([]);
});

test("AT-5: a form is its officer's: another neither sees nor takes its files", async () => {
  const mine = await staged(pdf("丙"), "丙.pdf", "mine");
  const { officers } = await desk.get("session.officers");
  const me = (await desk.get("session.current")).officer?.id ?? "";
  const other = officers.find(({ id, grade }) => id !== me && grade === "operator")?.id ?? "";
  await desk.get("session.signIn", { officerId: other, pin: "2580" });
  expect((await desk.get("attachment.staged", { key: "mine" })).items).toEqual([]);
  expect(await desk.refusal("attachment.read", { id: mine.id })).toBe("attachment.unknown");
  expect(await desk.refusal("attachment.add", { eventId, ids: [mine.id] })).toBe("attachment.unknown");
  await desk.get("session.signIn", { officerId: me, pin: "2580" });
  expect((await desk.get("attachment.staged", { key: "mine" })).items).toHaveLength(1);
});

test("AT-4: an op is not recorded for a file that is gone from the disk", async () => {
  const lost = await staged(pdf("丁"), "丁.pdf");
  rmSync(contentPath(desk.profileDir, lost.sha256));
  expect(await desk.refusal("attachment.add", { eventId, ids: [lost.id] })).toBe("attachment.broken");
  expect((await desk.get("attachment.list", { eventId })).items).toEqual([]);
});

test("AT-3: an attachment that was taken back stays named, with who and why, and can be read", async () => {
  const one = await staged(pdf("戊"), "戊.pdf");
  await desk.get("attachment.add", { eventId, ids: [one.id] });
  await desk.get("attachment.withdraw", { eventId, id: one.id, reason: "传错事件" });
  const { live, items } = await desk.get("attachment.list", { eventId });
  expect([live, items[0]?.withdrawn?.reason, items[0]?.mayWithdraw]).toEqual([0, "传错事件", false]);
  expect((await desk.get("attachment.read", { id: one.id })).state).toBe("here");
});

async function reopen(): Promise<void> {
  await desk.close();
  desk = await openTestDesk({ profileDir: desk.profileDir });
  desk.clock.now += 30 * dayMs;
  await desk.get("session.signIn", { pin: "2580" });
}

test("AT-4, AT-5: a restart keeps what a form holds; what nothing names goes after a day, but not after a restore", async () => {
  const kept = await staged(pdf("己"), "己.pdf", "night");
  const stray = await staged(pdf("庚"), "庚.pdf", "night");
  await desk.get("attachment.unstage", { id: stray.id });
  const old = (desk.clock.now - 2 * dayMs) / 1_000;
  for (const { sha256 } of [kept, stray]) utimesSync(contentPath(desk.profileDir, sha256), old, old);
  // What `system.restore` does: the district may still name what this database does not know.
  spareContents(desk.profileDir, desk.clock.now);
  await reopen();
  expect(existsSync(contentPath(desk.profileDir, stray.sha256))).toBe(true);
  for (const { sha256 } of [kept, stray]) utimesSync(contentPath(desk.profileDir, sha256), old, old);
  await reopen();
  expect((await desk.get("attachment.staged", { key: "night" })).items.map(({ id }) => id)).toEqual([kept.id]);
  expect([kept, stray].map(({ sha256 }) => existsSync(contentPath(desk.profileDir, sha256)))).toEqual([true, false]);
});

test("AT-7: a desk whose room is used up says how much there is, and goes on saving words", async () => {
  const resourcesDir = mkdtempSync(join(tmpdir(), "zhishou-resources-"));
  const real = join(import.meta.dirname, "../../../resources");
  for (const name of readdirSync(real))
    if (name !== "defaults") symlinkSync(join(real, name), join(resourcesDir, name));
  cpSync(join(real, "defaults"), join(resourcesDir, "defaults"), { recursive: true });
  const file = join(resourcesDir, "defaults", "attachments.json");
  const bounds = JSON.parse(readFileSync(file, "utf8")) as { desk: { storeBytes: number } };
  writeFileSync(file, JSON.stringify({ ...bounds, desk: { ...bounds.desk, storeBytes: 100 } }));
  const small = await openTestDesk({ ports: { resourcesDir } });
  await small.get("session.signIn", { pin: "2580" });
  const bytes = pdf("长".repeat(60));
  const { fileId } = await small.get("file.begin", { fileName: "x", bytes: bytes.length });
  await small.get("file.piece", { fileId, offset: 0, base64: bytes.toString("base64") });
  const done = await small.call("attachment.stage", { fileId, key: "intake", name: "x.pdf" });
  expect(done.ok ? "" : done.error).toMatchObject({
    id: "attachment.desk_full",
    params: { used: "0 B", most: "100 B" },
  });
  const { event } = await small.get("event.report", { text: "路灯不亮" });
  expect(event.attachments).toEqual([]);
  expect((await small.get("attachment.state", {})).storeBytes).toBe(100);
  await small.close();
  forget(small.profileDir);
  rmSync(resourcesDir, { recursive: true });
}, 30_000);

test("AT-8: of a confidential event, who has not opened it is told the number of its attachments and nothing else", async () => {
  const one = await staged(pdf("密"), "密.pdf");
  const { event } = await desk.get("event.report", { text: "家庭纠纷", confidential: true, attachmentIds: [one.id] });
  const me = (await desk.get("session.current")).officer?.id ?? "";
  const { officers } = await desk.get("session.officers");
  const other = officers.find(({ id, grade }) => id !== me && grade === "operator")?.id ?? "";
  await desk.get("session.signIn", { officerId: other, pin: "2580" });
  expect(await desk.get("attachment.list", { eventId: event.id })).toEqual({
    masked: true,
    live: 1,
    held: 0,
    items: [],
  });
  expect(await desk.refusal("attachment.read", { id: one.id })).toBe("attachment.masked");
  expect(await desk.refusal("attachment.withdraw", { eventId: event.id, id: one.id, reason: "x" })).toBe(
    "attachment.masked",
  );
  const mine = await staged(pdf("添"), "添.pdf");
  expect(await desk.refusal("attachment.add", { eventId: event.id, ids: [mine.id] })).toBe("attachment.masked");
  await desk.get("session.signIn", { officerId: me, pin: "2580" });
  expect((await desk.get("attachment.list", { eventId: event.id })).masked).toBe(true);
  await desk.get("event.open", { id: event.id, reason: "核对照片" });
  expect((await desk.get("attachment.list", { eventId: event.id })).items.map(({ name }) => name)).toEqual(["密.pdf"]);
  expect((await desk.get("attachment.read", { id: one.id })).state).toBe("here");
});
