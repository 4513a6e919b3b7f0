import { expect, test } from "vitest";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { standingOf } from "#shared/domain/presence/duty-check.ts";
import type { PresenceRules } from "#shared/domain/presence/rules.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { applyOp, opKinds } from "#shared/op/kinds.ts";
import { districtDevice, type Op } from "#shared/op/op.ts";
import defaults from "../../../../resources/defaults/presence.json" with { type: "json" };

const street = "500118001";
const t0 = Date.parse("2026-11-21T12:20:00Z");
const watchId = "2026-11-21/night";
const ladder = [{ to: "desk" as const, names: ["李宁"], answerMs: 3 * minuteMs }];

function play(
  kind: string,
  body: unknown,
  over: Partial<Op> = {},
  present?: unknown,
  grade: Grade | null = "operator",
) {
  const hand = opKinds[kind as keyof typeof opKinds].hand;
  const by = hand ?? "li";
  const device = hand === "district" ? districtDevice(street) : "a";
  const op: Op = { id: "0", kind, v: 1, street, device, seq: 1, at: t0, by, body, ...over };
  const done = applyOp(op, present, (hand && over.by === undefined ? null : grade) ?? undefined);
  return done.ok ? { state: done.value.state as never, words: done.value.log.text.zh } : { refused: done.error.id };
}

test("PS-1 an officer signs in for a shift themselves, once; who left may come again", () => {
  const body = { watchId, officerId: "li", name: "李宁", role: "main_operator" };
  expect(play("watch.arrive", { ...body, officerId: "zhou" })).toEqual({ refused: "presence.not_yours" });
  const come = play("watch.arrive", body);
  expect(come.words).toBe("签到：李宁（主班）");
  expect(play("watch.arrive", body, { at: t0 + 1 }, come.state).state).toBe(come.state);
  const gone = play("watch.leave", { watchId, officerId: "li", name: "李宁", relieved: true, why: "" }, {}, come.state);
  const back = play("watch.arrive", { ...body, role: null }, { at: t0 + 9 }, gone.state);
  expect(back.state).toMatchObject({ arrivals: [{ leftAt: t0 }, { at: t0 + 9, leftAt: null, role: null }] });
});

test("PS-2 leaving before the relief has signed needs a reason, and the log says so", () => {
  const come = play("watch.arrive", { watchId, officerId: "li", name: "李宁", role: null });
  const leave = (relieved: boolean, why: string) =>
    play("watch.leave", { watchId, officerId: "li", name: "李宁", relieved, why }, {}, come.state);
  expect(leave(false, "")).toEqual({ refused: "presence.leave_reason" });
  expect(leave(false, "家人急病").words).toBe("未交接离岗：李宁。原因：家人急病");
  expect(play("watch.leave", { watchId, officerId: "li", name: "李宁", relieved: true, why: "" })).toEqual({
    refused: "presence.not_here",
  });
});

test("PS-4 a take-over keeps both names and is only for oneself", () => {
  const from = { officerId: "zhou", name: "周安" };
  expect(play("watch.take_over", { watchId, officerId: "li", name: "李宁", from })).toMatchObject({
    words: "李宁 接管席位，前一人 周安",
    state: { takeOvers: [{ officerId: "li", at: t0, from }] },
  });
  expect(play("watch.take_over", { watchId, officerId: "wang", name: "王强", from })).toEqual({
    refused: "presence.not_yours",
  });
});

test("PS-8 a check of the watch says who answered, after how long, and whether the screen was locked", () => {
  const ask = play("watch.ask", { watchId, checkId: "c", ladder });
  const done = play(
    "watch.answer",
    { watchId, checkId: "c", name: "李宁", locked: true },
    { at: t0 + 100_000, by: "li" },
    ask.state,
  );
  expect(done.words).toBe("在岗核验：李宁 1分40秒后应答（锁屏中，未核身份）");
  expect(play("watch.answer", { watchId, checkId: "x", name: "李宁", locked: false }, { by: "li" }, ask.state)).toEqual(
    {
      refused: "presence.unknown_check",
    },
  );
});

test("PS-9 PS-10 a duty check keeps when it was asked and when it came; the district's own clock says unanswered", () => {
  const ask = play("duty_check.ask", { checkId: "d", operator: "钱", words: "点名", answerMs: 5 * minuteMs });
  expect(standingOf(ask.state as never, t0)).toBe("on_its_way");
  expect(standingOf(ask.state as never, t0 + 5 * minuteMs)).toBe("unanswered");
  expect(play("duty_check.answer", { checkId: "d", name: "李宁", remarks: "" }, { by: "li" }, ask.state)).toEqual({
    refused: "presence.unknown_check",
  });
  const reached = play("duty_check.reach", { checkId: "d", watchId, ladder }, { at: t0 + 7 * minuteMs }, ask.state);
  expect(reached.words).toBe("查岗送达本席位，距发出 7分");
  // A second desk shows it too: the first one counts.
  expect(play("duty_check.reach", { checkId: "d", watchId, ladder }, { at: t0 + 9e5 }, reached.state).state).toBe(
    reached.state,
  );
  const done = play(
    "duty_check.answer",
    { checkId: "d", name: "李宁", remarks: "人员在岗" },
    { by: "li", at: t0 + 7 * minuteMs + 40_000 },
    reached.state,
  );
  expect(done).toMatchObject({
    words: "查岗：李宁 送达后 40秒应答：人员在岗",
    state: { askedAt: t0, reached: { at: t0 + 7 * minuteMs, asked: { answer: { afterMs: 40_000 } } } },
  });
  expect(standingOf(done.state as never, t0 + 9e9)).toBe("answered");
});

test("OP-5 only the desk asks of itself, only the district speaks for the district, and neither does an officer's work", () => {
  const ask = { watchId, checkId: "c", ladder };
  expect(play("watch.ask", ask, { by: "li" })).toEqual({ refused: "op.author" });
  expect(play("watch.ask", ask, { by: "district" }, undefined, null)).toEqual({ refused: "op.author" });
  const duty = { checkId: "d", operator: "", words: "", answerMs: 1000 };
  expect(play("duty_check.ask", duty, { by: "district", device: "a" }, undefined, null)).toEqual({
    refused: "op.author",
  });
  expect(play("duty_check.ask", duty, { by: "li", device: districtDevice(street) }, undefined, "admin")).toEqual({
    refused: "op.author",
  });
  expect(
    play("duty_check.ask", duty, { by: "district", device: districtDevice("500118002") }, undefined, null),
  ).toEqual({ refused: "op.author" });
  for (const by of ["desk", "district"])
    expect(play("log.write", { id: "n", kind: "note", text: "x" }, { by }, undefined, null)).toEqual({
      refused: "op.author",
    });
});

test("PS-12 the district's rules take the place of the defaults", () => {
  const own = { ...(defaults as PresenceRules), label: "永川区 2026" };
  expect(play("rules.presence", own)).toMatchObject({ state: own, words: "区中心下发在岗规定（永川区 2026）" });
  expect(play("rules.presence", own, { by: "li" }, undefined, "admin")).toEqual({ refused: "op.author" });
});
