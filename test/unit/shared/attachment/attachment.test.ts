import { expect, test } from "vitest";
import { attachmentSchema, mostOfEvent, namedAttachmentSchema, nameFor } from "#shared/domain/attachment/attachment.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { applyOp, type BodyOf, type OpKind } from "#shared/op/kinds.ts";
import { eventIn } from "../samples.ts";

const file = (index: number) => ({
  id: `a-${index}`,
  sha256: String(index).padStart(64, "0"),
  bytes: 1000,
  media: "image/jpeg" as const,
  name: `现场${index}.jpg`,
});
const op = <K extends OpKind>(kind: K, body: BodyOf<K>, by = "officer-1") => ({
  ...{ id: "01900000-0000-7000-8000-000000000000", kind, v: 1, street: "500118001", device: "A", seq: 1 },
  ...{ at: 1_000, by, body },
});
const add = (event: DutyEvent | undefined, index: number) =>
  applyOp(op("attachment.add", { eventId: "event-1", attachment: file(index) }), event, "operator");
const withdraw = (event: DutyEvent, by: string, grade: Grade, reason = "拍错了") =>
  applyOp(op("attachment.withdraw", { eventId: "event-1", attachmentId: "a-1", reason }, by), event, grade);
const stateOf = (result: ReturnType<typeof applyOp>) => (result.ok ? (result.value.state as DutyEvent) : undefined);
const errorOf = (result: ReturnType<typeof applyOp>) => (result.ok ? undefined : result.error.id);

test("AT-2, AT-8: a file is named in the order of its event, by who and when; the log says so, and not its name where words are masked", () => {
  const added = add(eventIn("handling"), 1);
  expect(stateOf(added)?.attachments).toEqual([{ ...file(1), at: 1_000, by: "officer-1", withdrawn: null }]);
  expect(added.ok && added.value.log).toMatchObject({ eventId: "event-1", text: { zh: "附上照片：现场1.jpg" } });
  const hidden = add(eventIn("handling", { confidential: true }), 1);
  expect(hidden.ok && hidden.value.log.text).toEqual({ zh: "附上照片", en: "Photo attached" });
});

test("AT-2: an event that was kept before there were attachments takes one", () => {
  const { attachments: _, ...old } = eventIn("closed");
  expect(stateOf(add(old as DutyEvent, 1))?.attachments).toHaveLength(1);
});

test("AT-2: the same content twice, too many, a void event and no event are refused", () => {
  const one = stateOf(add(eventIn("handling"), 1));
  expect(errorOf(add(one, 1))).toBe("attachment.twice");
  const full = Array.from({ length: mostOfEvent }, (_, index) => ({
    ...file(index + 2),
    at: 1,
    by: "x",
    withdrawn: null,
  }));
  expect(errorOf(add(eventIn("handling", { attachments: full }), 1))).toBe("attachment.too_many");
  const away = full.map((item) => ({ ...item, withdrawn: { at: 2, by: "x", reason: "重复" } }));
  expect(errorOf(add(eventIn("handling", { attachments: away }), 1))).toBe(undefined);
  expect(errorOf(add(eventIn("void"), 1))).toBe("attachment.void");
  expect(errorOf(add(undefined, 1))).toBe("event.unknown");
});

test("AT-3: who attached it takes it back, or a shift leader, with a reason and once; it stays named", () => {
  const one = stateOf(add(eventIn("handling"), 1)) as DutyEvent;
  expect(errorOf(withdraw(one, "officer-2", "operator"))).toBe("attachment.not_yours");
  expect(errorOf(withdraw(one, "officer-1", "operator", " "))).toBe("input.invalid");
  expect(errorOf(withdraw(eventIn("handling"), "officer-1", "operator"))).toBe("attachment.unknown");
  const back = stateOf(withdraw(one, "officer-2", "shift_leader")) as DutyEvent;
  expect(back.attachments).toEqual([
    { ...file(1), at: 1_000, by: "officer-1", withdrawn: { at: 1_000, by: "officer-2", reason: "拍错了" } },
  ]);
  expect(errorOf(withdraw(back, "officer-1", "operator"))).toBe("attachment.withdrawn");
  // The same content may be named again afterwards, under another id.
  const again = { ...file(1), id: "a-9" };
  const named = applyOp(op("attachment.add", { eventId: "event-1", attachment: again }), back, "operator");
  expect(stateOf(named)?.attachments).toHaveLength(2);
});

test.each([
  ["../../etc/passwd", "passwd.jpg"],
  ["C:\\现场\\照片.PNG", "照片.jpg"],
  ["a\u202egpj.exe", "agpj.jpg"],
  ["\u0000\n", "照片.jpg"],
  ["", "照片.jpg"],
  [".png", "照片.jpg"],
  ["电话 2026.11.22 03:10", "电话 2026.11.22 03:10.jpg"],
  ["长".repeat(300), `${"长".repeat(55)}.jpg`],
  ["🚒".repeat(300), `${"🚒".repeat(55)}.jpg`],
])("AT-1: a name is for people and has the ending of the content: %j", (given, shown) => {
  expect(nameFor(given, "image/jpeg")).toBe(shown);
  expect(namedAttachmentSchema.safeParse({ ...file(1), name: shown }).success).toBe(true);
});

test("AT-2: an op cannot carry a name that is a path or hides letters, nor a kind or length out of bounds", () => {
  for (const wrong of [{ name: "a/b.jpg" }, { name: "a\u202e.jpg" }, { media: "text/html" }, { bytes: 60 * 2 ** 20 }])
    expect(attachmentSchema.safeParse({ ...file(1), at: 1, by: "x", withdrawn: null, ...wrong }).success).toBe(false);
});
