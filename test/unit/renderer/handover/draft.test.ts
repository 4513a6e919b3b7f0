import { describe, expect, test } from "vitest";
import {
  answered,
  firstSigner,
  givenOf,
  lacksOf,
  nameIn,
  packDraft,
  shortHash,
  signersOf,
  turnOf,
  unpackDraft,
  type Written,
} from "#renderer/features/handover/draft.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import type { HandoverRecord } from "#shared/domain/handover/handover.ts";

const id = "2026-11-21/night";
const record: HandoverRecord = {
  on: "2026-11-21",
  shift: "night",
  shiftName: "夜班",
  startAt: 0,
  dueAt: 1,
  outgoing: [
    { role: "leader_on_duty", officerId: "a", name: "周强" },
    { role: "shift_leader", officerId: "b", name: "李明" },
  ],
  incoming: [
    { role: "shift_leader", officerId: "b", name: "李明" },
    { role: "main_operator", officerId: "c", name: "王芳" },
  ],
  opened: 0,
  closed: 0,
  openEvents: [],
  whistles: [],
  instructions: [],
  warnings: [],
  unconfirmed: 0,
  checklist: [
    { item: "大屏", ok: false, note: "" },
    { item: "对讲机", ok: false, note: "" },
    { item: "对讲机", ok: false, note: "" },
  ],
  remarks: "",
  carryOver: [],
};
const written: Written = {
  checklist: [
    { item: "大屏", ok: true, note: "" },
    { item: "对讲机", ok: false, note: "一台没电" },
    { item: "对讲机", ok: true, note: " 6 台 " },
  ],
  remarks: " 雾大 ",
  carryOver: [{ text: " 看护涝点 ", eventId: null, toOfficerId: "c" }],
};

const draft = (phase: HandoverDraft["phase"], signedBy?: string): HandoverDraft => ({
  handoverId: id,
  phase,
  record,
  handover: signedBy
    ? {
        id,
        phase: "offered",
        record,
        outgoing: { officerId: signedBy, name: "", at: 0, recordHash: "0".repeat(64), signature: "", publicKey: "" },
        incoming: null,
      }
    : null,
  mayOffer: ["a", "b"],
  mayAccept: ["b", "c"],
});

describe("the draft of a handover", () => {
  test("comes back as it was written, also where two items bear one name", () => {
    expect(unpackDraft(record, id, packDraft(id, written))).toEqual(written);
  });

  test("of another shift, unreadable or absent, is not used", () => {
    const fresh = { checklist: record.checklist, remarks: "", carryOver: [] };
    expect(unpackDraft(record, "2026-11-22/day", packDraft(id, written))).toEqual(fresh);
    for (const saved of [null, "", "{", "null", "[]", '"x"']) expect(unpackDraft(record, id, saved)).toEqual(fresh);
  });

  test("follows a checklist that the district has changed meanwhile", () => {
    const changed = {
      ...record,
      checklist: [
        { item: "大屏", ok: false, note: "" },
        { item: "钥匙", ok: false, note: "" },
      ],
    };
    expect(unpackDraft(changed, id, packDraft(id, written)).checklist).toEqual([
      { item: "大屏", ok: true, note: "" },
      { item: "钥匙", ok: false, note: "" },
    ]);
  });

  test("an item is answered by a tick, or by a note that says what is amiss", () => {
    expect(written.checklist.map(answered)).toEqual([true, true, true]);
    expect(answered({ item: "大屏", ok: false, note: "  " })).toBe(false);
  });

  test("what is missing is named before the signature", () => {
    expect(lacksOf(written)).toEqual([]);
    expect(
      lacksOf({
        checklist: record.checklist,
        remarks: "",
        carryOver: [
          { text: " ", eventId: null, toOfficerId: "c" },
          { text: "看护涝点", eventId: null, toOfficerId: "" },
        ],
      }),
    ).toEqual([
      { type: "checklist", count: 3 },
      { type: "carry_text", index: 0 },
      { type: "carry_person", index: 1 },
    ]);
  });

  test("goes with the signature without stray blanks", () => {
    expect(givenOf(written)).toEqual({
      checklist: [
        { item: "大屏", ok: true, note: "" },
        { item: "对讲机", ok: false, note: "一台没电" },
        { item: "对讲机", ok: true, note: "6 台" },
      ],
      remarks: "雾大",
      carryOver: [{ text: "看护涝点", eventId: null, toOfficerId: "c" }],
    });
  });
});

describe("the two signatures", () => {
  test("HO-1: outgoing signs first, then incoming, then nobody", () => {
    expect((["draft", "offered", "sealed"] as const).map(turnOf)).toEqual(["outgoing", "incoming", undefined]);
  });

  test("HO-3: who signed for the shift that goes is not offered for the one that comes", () => {
    expect(signersOf(draft("draft"), "outgoing")).toEqual(["a", "b"]);
    expect(signersOf(draft("offered", "a"), "incoming")).toEqual(["b", "c"]);
    expect(signersOf(draft("offered", "b"), "incoming")).toEqual(["c"]);
  });

  test("who is signed in is proposed, else the shift leader, else the first", () => {
    expect(firstSigner(record, "outgoing", ["a", "b"], "a")).toBe("a");
    expect(firstSigner(record, "outgoing", ["a", "b"], "z")).toBe("b");
    expect(firstSigner(record, "incoming", ["c"], undefined)).toBe("c");
    expect(firstSigner(record, "incoming", [], undefined)).toBe("");
  });

  test("names are those of the record", () => {
    expect(nameIn(record, "c")).toBe("王芳");
    expect(nameIn(record, "?")).toBe("");
  });

  test("the code that is read out is the first sixteen signs of the hash", () => {
    expect(shortHash("78034044fe0f6f76f0af")).toBe("7803 4044 FE0F 6F76");
  });
});
