import { describe, expect, test } from "vitest";
import {
  type Handover,
  handoverActions,
  handoverPhases,
  judgeHandoverAct,
  judgeSign,
  moveOf,
  type SignGiven,
  timingOf,
} from "#shared/domain/handover/handover.ts";
import { type HandoverRecord, lacksOf, readRecord } from "#shared/domain/handover/record.ts";
import { type Grade, grades } from "#shared/domain/officer/officer.ts";
import { targetOf } from "#shared/op/kinds.ts";
import { at, formOne, minute, opOf, record, signing } from "./samples.ts";

const act = (by: string, grade: Grade = "shift_leader") => ({ at: record.dueAt, by, grade });
const judge = (present: Handover | undefined, given: SignGiven, grade: Grade = "shift_leader") =>
  judgeSign(present, given, act(given.signature.officerId, grade));
const refused = (id: string) => ({ ok: false, error: { id } });

function signed(present: Handover | undefined, ...signings: SignGiven[]): Handover {
  let handover = present;
  for (const given of signings) {
    const outcome = judge(handover, given);
    if (!outcome.ok) throw new Error(outcome.error.id);
    handover = outcome.value;
  }
  if (!handover) throw new Error("nothing was signed");
  return handover;
}

const offered = signed(undefined, signing("outgoing", "wang"));
const sealed = signed(offered, signing("incoming", "li"));
const contested = signed(offered, signing("incoming", "li", { statement: { remarks: "钥匙少一把" } }));
const decide = { handoverId: sealed.id, action: "decide", text: "钥匙补配", name: "周带班" } as const;
const withdraw = { handoverId: sealed.id, action: "withdraw", text: "漏了一件", name: "王值班" } as const;
const withdrawnOf = (by: string, grade: Grade = "operator") => judgeHandoverAct(offered, withdraw, act(by, grade));

describe("the signatures", () => {
  test("HO-1: the outgoing signature freezes the record", () => {
    expect(offered).toMatchObject({ id: "2026-11-21/day", phase: "offered", record, incoming: null });
    expect(offered.outgoing.officerId).toBe("wang");
  });

  test("HO-1: the incoming shift cannot sign first; the outgoing signs once, with its record", () => {
    expect(judge(undefined, signing("incoming", "li"))).toMatchObject(refused("handover.order"));
    expect(judge(offered, signing("outgoing", "zhou"))).toMatchObject(refused("handover.order"));
    expect(judge(undefined, { ...signing("outgoing", "wang"), record: null })).toMatchObject({
      ok: false,
      error: { id: "input.invalid", field: "record" },
    });
  });

  test("HO-2: the incoming shift signs the very record that was offered", () => {
    expect(sealed).toMatchObject({ phase: "sealed", record, incoming: { officerId: "li" } });
    expect(judge(offered, signing("incoming", "li", { hash: "b".repeat(64) }))).toMatchObject(
      refused("handover.broken_signature"),
    );
    const given = { ...signing("incoming", "li"), record: { ...record, remarks: "改过" } };
    expect(judge(offered, given)).toMatchObject({ ok: true, value: { record: { remarks: "" } } });
  });

  test("HO-3: one person does not sign both sides", () => {
    expect(judge(offered, signing("incoming", "wang"))).toMatchObject(refused("handover.same_person"));
  });
});

describe("the states", () => {
  test("HO-4: nothing leads away from sealed, whoever tries; judging never touches what is there", () => {
    expect(handoverActions.filter((action) => moveOf(action).from.includes("sealed"))).toEqual([]);
    const before = structuredClone(sealed);
    for (const given of [signing("outgoing", "zhou"), signing("incoming", "zhou"), signing("incoming", "li")])
      expect(judge(sealed, given)).toMatchObject(refused("handover.sealed"));
    for (const grade of grades)
      for (const given of [withdraw, decide])
        expect(judgeHandoverAct(sealed, given, act("officer-1", grade))).toMatchObject(refused("handover.sealed"));
    expect(sealed).toEqual(before);
  });

  test("HO-1 HO-10 HO-11: every action from every state goes where the table says, or is refused", () => {
    const standing: Record<(typeof handoverPhases)[number], Handover | undefined> = {
      draft: undefined,
      offered,
      withdrawn: { ...offered, phase: "withdrawn" },
      contested,
      sealed,
    };
    for (const phase of handoverPhases) {
      for (const action of handoverActions) {
        const present = standing[phase];
        const outcome =
          action === "offer"
            ? judge(present, signing("outgoing", "wang"))
            : action === "accept"
              ? judge(present, signing("incoming", "li"))
              : action === "contest"
                ? judge(present, signing("incoming", "li", { statement: { remarks: "不清楚" } }))
                : judgeHandoverAct(present, action === "decide" ? decide : withdraw, act("officer-1", "leader"));
        const { from, to } = moveOf(action);
        expect(outcome.ok ? outcome.value.phase : "refused", `${phase} ${action}`).toBe(
          from.includes(phase) ? to : "refused",
        );
      }
    }
  });

  test("HO-8: a signature well before or after its time says why; the record brings the limits", () => {
    for (const [minutes, kind] of [
      [-31, "early"],
      [-30, "on_time"],
      [0, "on_time"],
      [10, "on_time"],
      [11, "late"],
    ] as const) {
      const signedAt = record.dueAt + minutes * minute;
      expect(timingOf(record, signedAt)).toEqual({ kind, minutes: Math.abs(minutes) });
      const silent = judge(undefined, signing("outgoing", "wang", { signedAt }));
      if (kind === "on_time") expect(silent.ok).toBe(true);
      else
        expect(silent).toMatchObject({
          ok: false,
          error: { id: `handover.${kind}`, params: { minutes: Math.abs(minutes) } },
        });
      const told = signing("outgoing", "wang", { signedAt, statement: { reason: "接班人路上堵车" } });
      expect(judge(undefined, told).ok).toBe(true);
      expect(judge(offered, signing("incoming", "li", { signedAt })).ok).toBe(kind === "on_time");
    }
  });

  test("HO-9: where a required person is absent, who and why is named and a leader signs", () => {
    const absent = [{ officerId: "officer-1", name: "王值班", role: "shift_leader", why: "送医" }];
    const given = signing("outgoing", "zhou", { statement: { absent } });
    expect(judge(undefined, given, "shift_leader")).toMatchObject(refused("handover.partial"));
    expect(judge(undefined, given, "leader")).toMatchObject({
      ok: true,
      value: { phase: "offered", statements: { outgoing: { absent } } },
    });
    const nameless = { ...given, statement: { ...given.statement, absent: [{ ...absent[0], why: " " }] } };
    expect(targetOf(opOf("handover.sign", nameless, { v: 2 }))).toMatchObject(refused("input.invalid"));
  });

  test("HO-10: the outgoing shift takes its offer back with a reason; what was signed stays named, and it signs anew", () => {
    expect(withdrawnOf("officer-2")).toMatchObject(refused("handover.not_outgoing"));
    const back = withdrawnOf("officer-1");
    if (!back.ok) throw new Error(back.error.id);
    expect(back.value).toMatchObject({
      phase: "withdrawn",
      withdrawn: [{ officerId: "officer-1", text: "漏了一件", recordHash: "a".repeat(64) }],
    });
    expect(judge(back.value, signing("incoming", "li"))).toMatchObject(refused("handover.order"));
    const again = signed(back.value, signing("outgoing", "wang", { hash: "d".repeat(64) }));
    expect(again).toMatchObject({ phase: "offered", withdrawn: [{ text: "漏了一件" }] });
    expect(signed(again, signing("incoming", "li", { hash: "d".repeat(64) })).withdrawn).toHaveLength(1);
    expect(targetOf(opOf("handover.act", { ...withdraw, text: " " }))).toMatchObject(refused("input.invalid"));
  });

  test("HO-11: what is contested keeps both signatures and its record, and a leader decides it", () => {
    expect(contested).toMatchObject({ phase: "contested", record, incoming: { officerId: "li" } });
    const refusedItem = signing("incoming", "li", { statement: { refused: [{ carryId: "c", reason: "不归我管" }] } });
    expect(signed(offered, refusedItem).phase).toBe("contested");
    for (const grade of grades)
      expect(judgeHandoverAct(contested, decide, act("zhou", grade)).ok, grade).toBe(grade === "leader");
    const done = judgeHandoverAct(contested, decide, act("zhou", "leader"));
    expect(done).toMatchObject({ ok: true, value: { ...contested, phase: "sealed", decision: { text: "钥匙补配" } } });
  });
});

describe("the record", () => {
  const given = (change: Partial<HandoverRecord>) => signing("outgoing", "wang", { record: { ...record, ...change } });
  const open = { item: "大屏", ok: false, note: "", required: true };

  test("HO-5: a required check or key without an answer stops the signature; a note or a free item does not", () => {
    expect(judge(undefined, given({ checklist: [open, open] }))).toMatchObject({
      ok: false,
      error: { id: "handover.checklist", params: { count: 2 } },
    });
    expect(judge(undefined, given({ checklist: [{ ...open, note: "左上角黑线" }] })).ok).toBe(true);
    expect(judge(undefined, given({ checklist: [{ ...open, required: false }] })).ok).toBe(true);
    const keys = record.keys.map((one) => ({ ...one, ok: false }));
    expect(judge(undefined, given({ keys }))).toMatchObject({
      ok: false,
      error: { id: "handover.checklist", field: "keys" },
    });
  });

  test("HO-7: an item goes to somebody of the incoming shift", () => {
    const item = { id: "c", text: "看护涝点", eventId: null, confidential: false, toName: "陈主班" };
    expect(judge(undefined, given({ carryOver: [{ ...item, toOfficerId: "officer-3" }] })).ok).toBe(true);
    expect(judge(undefined, given({ carryOver: [{ ...item, toOfficerId: "officer-1" }] }))).toMatchObject({
      ok: false,
      error: { id: "handover.carry_person", params: { no: 1 } },
    });
  });

  test("HO-5 HO-7: what is missing is named, first things first", () => {
    expect(lacksOf(record)).toEqual([]);
    const carryOver = [
      { text: " ", toOfficerId: "c" },
      { text: "看护涝点", toOfficerId: "" },
    ];
    expect(lacksOf({ checklist: [open], keys: [], carryOver })).toEqual([
      { type: "checklist", count: 1 },
      { type: "carry_text", index: 0 },
      { type: "carry_person", index: 1 },
    ]);
  });

  test("HO-15: an op of form 1 is judged as before and its record is read in the present form", () => {
    const body = { ...signing("outgoing", "wang", { record: formOne, signedAt: at }), statement: undefined };
    delete (body.signature as { statementHash?: string }).statementHash;
    const { statement: _, ...old } = body;
    expect(targetOf(opOf("handover.sign", old, { v: 1 }))).toMatchObject({ ok: true });
    const half = judge(undefined, old);
    expect(half).toMatchObject({ ok: true, value: { phase: "offered", record: formOne } });
    const shown = readRecord(formOne);
    expect(shown).toMatchObject({ form: 2, remarks: "旧格式", unconfirmed: { waiting: 2 } });
    expect(shown.sections.flatMap(({ items }) => items.map(({ title }) => title))).toEqual([
      "301路",
      "大雾黄色预警",
      "盯紧水位",
    ]);
    expect(shown.carryOver).toMatchObject([{ text: "看护涝点", toName: "陈主班" }]);
    expect(readRecord(record)).toBe(record);
  });
});
