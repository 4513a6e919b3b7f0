import { describe, expect, test } from "vitest";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { grades } from "#shared/domain/officer/officer.ts";
import { errorKinds } from "#shared/errors.ts";
import { applyOp, opKinds, targetOf } from "#shared/op/kinds.ts";
import { entityKinds, opSchema } from "#shared/op/op.ts";
import { at, eventIn, fullGiven, minute, opOf, reportGiven, signing } from "./samples.ts";

const entry = { id: "log-1", kind: "call", text: "群众来电询问停水" };
const written = { ...entry, callerName: "", callerPhone: "", unit: "", eventId: null, corrects: null };
const person = { id: "officer-9", name: "周值班", grade: "operator", pool: "full_time" };
const officer = { ...person, phone: "", post: "", active: true, publicKey: "" } as const;

describe("every kind of op", () => {
  test("has a version, an entity of the list and a body that is refused when empty", () => {
    for (const [kind, row] of Object.entries(opKinds)) {
      expect(row.v, kind).toBeGreaterThan(0);
      expect(entityKinds).toContain(row.entity);
      expect(targetOf(opOf(kind, {})), kind).toMatchObject({ ok: false, error: { id: "input.invalid" } });
    }
  });

  test("an op has a UUID, a nine-figure street and a running number from 1", () => {
    const op = opOf("log.write", entry);
    expect(opSchema.safeParse(op).success).toBe(true);
    for (const wrong of [
      { id: "1" },
      { street: "500118" },
      { seq: 0 },
      { v: 0 },
      { at: -1 },
      { by: "" },
      { extra: 1 },
    ]) {
      expect(opSchema.safeParse({ ...op, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe("reading an op", () => {
  test("OP-1: an unknown kind or a newer version is put off, never guessed and never an `ask`", () => {
    for (const op of [opOf("event.teleport", {}), opOf("toString", {}), opOf("event.act", {}, { v: 99 })]) {
      expect(applyOp(op, undefined, "admin")).toMatchObject({ ok: false, error: { id: "op.newer", kind: "retry" } });
    }
    expect(errorKinds["op.newer"]).toBe("retry");
  });

  test("OP-1: a body of a known version with something unknown in it is refused, not trimmed", () => {
    const body = { eventId: "event-1", action: "accept", given: {}, secret: true };
    expect(applyOp(opOf("event.act", body), eventIn("reported"), "leader")).toMatchObject({
      ok: false,
      error: { id: "input.invalid" },
    });
  });
});

describe("judging an op", () => {
  const accept = opOf("event.act", { eventId: "event-1", action: "accept", given: {} });

  test("OP-2: the judgement of an op is the judgement of its rule, for every grade and state", () => {
    for (const state of ["reported", "accepted", "closed", "void"] as const) {
      for (const grade of grades) {
        for (const action of ["accept", "close", "reopen", "void"] as const) {
          const op = opOf("event.act", { eventId: "event-1", action, given: fullGiven[action] });
          const byOp = applyOp(op, eventIn(state), grade);
          const byRule = judgeAction(eventIn(state), action, fullGiven[action], { at, by: "officer-1", grade });
          expect(byOp.ok ? { ok: true, value: byOp.value.state } : byOp).toEqual(byRule);
        }
      }
    }
  });

  test("OP-2: same op, same state, same answer, as often as it is judged", () => {
    const first = applyOp(accept, eventIn("reported"), "operator");
    for (let again = 0; again < 3; again++) {
      expect(applyOp(structuredClone(accept), eventIn("reported"), "operator")).toEqual(first);
    }
  });

  test("OP-2: an author whom nobody knows is refused at both ends", () => {
    expect(applyOp(accept, eventIn("reported"), undefined)).toMatchObject({ ok: false, error: { id: "op.author" } });
    expect(applyOp({ ...accept, by: "setup" }, eventIn("reported"), undefined)).toMatchObject({
      ok: false,
      error: { id: "op.author" },
    });
  });

  test("EV-1: reporting through an op makes the event and its line; the same id twice is refused", () => {
    const op = opOf("event.report", { eventId: "event-1", given: reportGiven });
    const done = applyOp(op, undefined, "operator");
    expect(done).toMatchObject({
      ok: true,
      value: {
        state: { id: "event-1", state: "reported", dueAt: at + 120 * minute },
        log: { kind: "event", action: "report", eventId: "event-1", text: { zh: "接报：301路公交增开班次" } },
      },
    });
    expect(applyOp(op, eventIn("closed"), "operator")).toMatchObject({ ok: false, error: { id: "event.exists" } });
  });

  test("LG-1: an entry is written once; a correction is an entry of its own that names the old one", () => {
    const op = opOf("log.write", entry);
    expect(applyOp(op, undefined, "operator")).toMatchObject({
      ok: true,
      value: { state: written, log: { kind: "call", text: { zh: entry.text } } },
    });
    expect(applyOp(op, written, "operator")).toMatchObject({ ok: false, error: { id: "event.exists" } });
    const correction = opOf("log.write", { ...entry, id: "log-2", text: "是停电", corrects: "log-1" });
    expect(applyOp(correction, undefined, "operator")).toMatchObject({
      ok: true,
      value: { state: { corrects: "log-1" } },
    });
  });

  test("OF-1: an administrator enters people; while the desk is set up, set-up does", () => {
    const op = opOf("officer.put", person);
    for (const grade of grades) {
      const outcome = applyOp(op, undefined, grade);
      expect(outcome.ok, grade).toBe(grade === "admin");
    }
    expect(applyOp({ ...op, by: "setup" }, undefined, undefined)).toMatchObject({
      ok: true,
      value: { state: officer },
    });
  });

  test("OF-1: an officer may set their own key, but not their own grade, and not another's key", () => {
    const own = opOf("officer.put", { ...person, publicKey: "k".repeat(44) }, { by: "officer-9" });
    expect(applyOp(own, officer, "operator")).toMatchObject({ ok: true });
    const promoted = opOf("officer.put", { ...person, grade: "admin" }, { by: "officer-9" });
    expect(applyOp(promoted, officer, "operator")).toMatchObject({ ok: false, error: { id: "session.not_allowed" } });
    expect(applyOp({ ...own, by: "officer-8" }, officer, "leader")).toMatchObject({ ok: false });
    expect(applyOp(own, undefined, "operator"), "nobody enters themselves").toMatchObject({ ok: false });
  });

  test("HO-1: signing through an op freezes the record and says so in the log", () => {
    expect(applyOp(opOf("handover.sign", signing("outgoing", "wang")), undefined, "operator")).toMatchObject({
      ok: true,
      value: { state: { phase: "offered" }, log: { kind: "handover", action: "outgoing" } },
    });
  });
});
