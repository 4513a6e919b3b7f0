import { describe, expect, test } from "vitest";
import { type Handover, judgeSign } from "#shared/domain/handover/handover.ts";
import { record, signing } from "./samples.ts";

function signed(present: Handover | undefined, ...signings: ReturnType<typeof signing>[]): Handover {
  let handover = present;
  for (const given of signings) {
    const outcome = judgeSign(handover, given);
    if (!outcome.ok) throw new Error(outcome.error.id);
    handover = outcome.value;
  }
  if (!handover) throw new Error("nothing was signed");
  return handover;
}

describe("the handover", () => {
  const offered = signed(undefined, signing("outgoing", "wang"));
  const sealed = signed(offered, signing("incoming", "li"));

  test("HO-1: the outgoing signature freezes the record", () => {
    expect(offered).toMatchObject({ id: "2026-11-21/day", phase: "offered", record, incoming: null });
    expect(offered.outgoing.officerId).toBe("wang");
  });

  test("HO-1: the incoming shift cannot sign first; the outgoing signs once, with its record", () => {
    expect(judgeSign(undefined, signing("incoming", "li"))).toMatchObject({
      ok: false,
      error: { id: "handover.order" },
    });
    expect(judgeSign(offered, signing("outgoing", "zhou"))).toMatchObject({
      ok: false,
      error: { id: "handover.order" },
    });
    expect(judgeSign(undefined, { ...signing("outgoing", "wang"), record: null })).toMatchObject({
      ok: false,
      error: { id: "input.invalid", field: "record" },
    });
  });

  test("HO-2: the incoming shift signs the very record that was offered", () => {
    expect(sealed).toMatchObject({ phase: "sealed", record, incoming: { officerId: "li" } });
    expect(judgeSign(offered, signing("incoming", "li", "b".repeat(64)))).toMatchObject({
      ok: false,
      error: { id: "handover.broken_signature" },
    });
  });

  test("HO-2: a record that comes with the incoming signature is not taken", () => {
    const given = { ...signing("incoming", "li"), record: { ...record, remarks: "改过" } };
    expect(judgeSign(offered, given)).toMatchObject({ ok: true, value: { record: { remarks: "" } } });
  });

  test("HO-3: one person does not sign both sides", () => {
    expect(judgeSign(offered, signing("incoming", "wang"))).toMatchObject({
      ok: false,
      error: { id: "handover.same_person" },
    });
  });

  test("HO-4: a sealed handover takes no signature any more, and judging never touches what is there", () => {
    const before = structuredClone(sealed);
    for (const given of [signing("outgoing", "zhou"), signing("incoming", "zhou"), signing("incoming", "li")]) {
      expect(judgeSign(sealed, given)).toMatchObject({ ok: false, error: { id: "handover.sealed" } });
    }
    expect(sealed).toEqual(before);
  });
});
