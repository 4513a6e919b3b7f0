import { expect, test } from "vitest";
import { alarmOrder } from "#shared/domain/presence/alarm.ts";

type InOrder = Parameters<typeof alarmOrder>[0];
const alarm = (
  kind: InOrder["kind"],
  eventLevel: InOrder["eventLevel"],
  sinceAt: number,
  more: Partial<InOrder> = {},
): InOrder => ({ level: "red", kind, eventLevel, sinceAt, acknowledged: null, ...more });

test("PS-11: a critical event that nobody has accepted is named before everything that has waited longer, but for what the desk itself is asked", () => {
  const inOrder = [
    alarm("duty_check", null, 9),
    alarm("vigilance", null, 9),
    alarm("event", "critical", 8),
    alarm("district_word", null, 1),
    alarm("climbed", "critical", 7),
    alarm("climbed", "urgent", 1),
    alarm("climbed", "urgent", 2),
    alarm("gap_now", null, 1),
    alarm("climbed", "critical", 1, { level: "orange" }),
    alarm("event", "urgent", 1, { level: "orange" }),
    alarm("event", "critical", 1, { acknowledged: { name: "甲", at: 1 } }),
  ];
  for (const mixed of [inOrder.toReversed(), inOrder.toSorted((a, b) => a.sinceAt - b.sinceAt)])
    expect(mixed.toSorted(alarmOrder)).toEqual(inOrder);
});
