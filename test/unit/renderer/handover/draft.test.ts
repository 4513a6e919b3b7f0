import { describe, expect, test } from "vitest";
import {
  carryOf,
  firstSigner,
  givenOf,
  nameIn,
  packDraft,
  reviewItems,
  signersOf,
  turnOf,
  unpackDraft,
  unseenOf,
  type Written,
  whatLacks,
} from "#renderer/features/handover/draft.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { handoverPhases } from "#shared/domain/handover/handover.ts";
import type { HandoverEvent, HandoverRecord } from "#shared/domain/handover/record.ts";
import { record as sample } from "../../shared/samples.ts";

const id = "2026-11-21/night";
const check = (item: string, ok = false, note = "") => ({ item, ok, note, required: true });
const event: HandoverEvent = {
  eventId: "e",
  number: "20261121-A003",
  title: "桥下积水",
  state: "handling",
  level: "urgent",
  dueAt: null,
  lead: "应急岗",
  next: "反馈",
  reportedAt: 0,
  isNew: true,
  marks: [],
  confidential: false,
  note: "",
};
const left = { id: "c", text: "回访施工队", eventId: null, confidential: false, toOfficerId: "c", toName: "王芳" };
const record: HandoverRecord = {
  ...sample,
  outgoing: [
    { role: "leader_on_duty", officerId: "a", name: "周强" },
    { role: "shift_leader", officerId: "b", name: "李明" },
  ],
  incoming: [
    { role: "shift_leader", officerId: "b", name: "李明" },
    { role: "main_operator", officerId: "c", name: "王芳" },
  ],
  openEvents: [event],
  checklist: [check("大屏"), check("对讲机"), check("对讲机")],
  keys: [{ item: "钥匙", unit: "把", count: 2, ok: false, note: "", required: true }],
  carryOver: [left],
};
const written: Written = {
  seen: { "event/e": { stamp: "5", note: " 等交巡警 " } },
  checklist: [check("大屏", true), check("对讲机", false, "一台没电"), check("对讲机", true, " 6 台 ")],
  keys: [{ item: "钥匙", unit: "把", count: 3, ok: true, note: "", required: true }],
  remarks: " 雾大 ",
  carryOver: [
    { id: "c", text: "回访施工队，拍照", eventId: null, toOfficerId: "b" },
    { id: null, text: " 看护涝点 ", eventId: null, toOfficerId: "c" },
  ],
};
const draft: HandoverDraft = {
  handoverId: id,
  phase: "draft",
  record,
  handover: null,
  review: [
    { key: "event/e", stamp: "5" },
    { key: "warning/w", stamp: "yellow/1" },
  ],
  mayOffer: ["a", "b"],
  mayAccept: ["b", "c"],
  leaders: [{ officerId: "a", name: "周强" }],
};
const signedBy = (officerId: string): HandoverDraft => ({
  ...draft,
  phase: "offered",
  handover: {
    id,
    phase: "offered",
    record,
    outgoing: { officerId, name: "", at: 0, recordHash: "0".repeat(64), signature: "", publicKey: "" },
    incoming: null,
  },
});

describe("the draft of a handover", () => {
  test("comes back as it was written, also where two items bear one name", () => {
    expect(unpackDraft(record, id, packDraft(id, written))).toEqual(written);
  });

  test("of another shift, unreadable or absent, is not used", () => {
    const fresh = unpackDraft(record, id, null);
    expect(fresh).toMatchObject({ seen: {}, checklist: record.checklist, keys: record.keys, remarks: "" });
    expect(unpackDraft(record, "2026-11-22/day", packDraft(id, written))).toEqual(fresh);
    for (const saved of ["", "{", "null", "[]", '"x"', `{"handoverId":"${id}","seen":[1],"keys":{},"carryOver":[3]}`])
      expect(unpackDraft(record, id, saved), saved).toEqual(fresh);
  });

  test("HO-7: what earlier shifts left stays in the list, whatever the draft says", () => {
    const without = { ...written, carryOver: written.carryOver.slice(1) };
    expect(unpackDraft(record, id, packDraft(id, without)).carryOver.map((one) => one.id)).toEqual(["c", null]);
    const finished = { ...record, carryOver: [] };
    expect(unpackDraft(finished, id, packDraft(id, written)).carryOver.map((one) => one.id)).toEqual([null]);
  });

  test("follows a checklist that the district has changed meanwhile", () => {
    const changed = { ...record, checklist: [check("大屏"), check("灯")] };
    expect(unpackDraft(changed, id, packDraft(id, written)).checklist).toEqual([check("大屏", true), check("灯")]);
  });

  test("HO-6: an item is seen as it stood; a new stamp makes it unseen", () => {
    expect(unseenOf(draft, written)).toEqual(["warning/w"]);
    const moved = { ...draft, review: [{ key: "event/e", stamp: "6" }] };
    expect(unseenOf(moved, written)).toEqual(["event/e"]);
    expect(whatLacks(draft, written)).toEqual([{ type: "review", count: 1 }]);
    expect(whatLacks({ review: [] }, written)).toEqual([]);
  });

  test("goes with the signature without stray blanks", () => {
    expect(givenOf(draft, written)).toEqual({
      review: [{ key: "event/e", stamp: "5", note: "等交巡警" }],
      checklist: [
        { item: "大屏", ok: true, note: "" },
        { item: "对讲机", ok: false, note: "一台没电" },
        { item: "对讲机", ok: true, note: "6 台" },
      ],
      keys: [{ item: "钥匙", count: 3, ok: true, note: "" }],
      remarks: "雾大",
      carryOver: [
        { id: "c", text: "回访施工队，拍照", eventId: null, toOfficerId: "b" },
        { id: null, text: "看护涝点", eventId: null, toOfficerId: "c" },
      ],
    });
  });

  test("an item of the review becomes one to carry over: what it is, what comes next, the main operator to do it", () => {
    const [item] = reviewItems(draft);
    if (!item) throw new Error("no item");
    expect(carryOf(item, record, "")).toEqual({
      id: null,
      text: "20261121-A003 桥下积水：下一步反馈",
      eventId: "e",
      toOfficerId: "c",
    });
    expect(carryOf(item, record, "等泵车").text).toBe("20261121-A003 桥下积水：等泵车");
  });
});

describe("the two signatures", () => {
  test("HO-1: outgoing signs first, then incoming, then nobody", () => {
    expect(handoverPhases.map(turnOf)).toEqual(["outgoing", "incoming", "outgoing", undefined, undefined]);
  });

  test("HO-3 HO-9: who signed for the shift that goes is not offered for the one that comes; where someone is absent, leaders are", () => {
    expect(signersOf(draft, "outgoing", false)).toEqual(["a", "b"]);
    expect(signersOf(draft, "outgoing", true)).toEqual(["a"]);
    expect(signersOf(signedBy("a"), "incoming", false)).toEqual(["b", "c"]);
    expect(signersOf(signedBy("b"), "incoming", false)).toEqual(["c"]);
    expect(signersOf(signedBy("a"), "incoming", true)).toEqual([]);
  });

  test("who is signed in is proposed, else the shift leader, else the first", () => {
    expect(firstSigner(record, "outgoing", ["a", "b"], "a")).toBe("a");
    expect(firstSigner(record, "outgoing", ["a", "b"], "z")).toBe("b");
    expect(firstSigner(record, "incoming", ["c"], undefined)).toBe("c");
    expect(firstSigner(record, "incoming", [], undefined)).toBe("");
  });

  test("names are those of the record and the leaders", () => {
    expect(nameIn(draft, "c")).toBe("王芳");
    expect(nameIn(draft, "?")).toBe("");
  });
});
