import { durationText, phoneText, timeText, titleText, whenText } from "#renderer/text/format.ts";
import { type Say, say } from "#renderer/text/text.ts";
import type { Alarm, OpenCheck } from "#shared/contract.ts";
import { dispatchStepNames } from "#shared/domain/duty-event/dispatch.ts";
import { levelNames } from "#shared/domain/duty-event/event.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";

/** What of an alarm is said. */
export type SaidAlarm = Pick<Alarm, "kind" | "names" | "roles" | "count" | "sinceAt" | "to" | "eventLevel" | "said">;

/** What an alarm says, in one sentence: what it is, of whom, since when. */
export function alarmWords(t: Say, alarm: SaidAlarm, check: OpenCheck | undefined, now: number): string {
  const and = t("strip.and");
  const names = alarm.names.join(and);
  const { count } = alarm;
  switch (alarm.kind) {
    case "vigilance":
    case "duty_check":
      return checkWords(t, alarm, check, now);
    case "gap_now":
      return t("alarm.gap_now", { roles: alarm.roles.map((role) => say(roleNames[role])).join(and) });
    case "gap_ahead":
    case "gap_past":
      return t(`alarm.${alarm.kind}`, { count });
    case "handover":
      return t("alarm.handover", { names, length: durationText(now - alarm.sinceAt) });
    case "swap_void":
      return t("alarm.swap_void", { count, names });
    case "absent":
    case "relief":
      return t(`alarm.${alarm.kind}`, { names });
    case "district_word":
      return t("alarm.district_word", {
        count,
        title: titleText(alarm.names[0] ?? ""),
        word: alarm.said ? say(dispatchStepNames[alarm.said]) : "",
      });
    case "climbed": {
      const level = alarm.eventLevel ? say(levelNames[alarm.eventLevel]) : "";
      const title = titleText(alarm.names[0] ?? "");
      return alarm.to
        ? t("alarm.climbed", { level, count, whom: t(`alarm.rung.${alarm.to}`), title })
        : t("alarm.climbed.unsent", { level, count, title });
    }
    case "event":
    case "late": {
      const level = alarm.eventLevel ? say(levelNames[alarm.eventLevel]) : "";
      return t(`alarm.${alarm.kind}`, { level, count, title: titleText(alarm.names[0] ?? "") });
    }
  }
}

/** Minutes and seconds: an answer is waited for, and the clock is seen to run. */
const leftText = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

function checkWords(t: Say, alarm: SaidAlarm, check: OpenCheck | undefined, now: number): string {
  if (!check) return t(`alarm.${alarm.kind}`);
  const people = check.people.map(({ name, phone }) => [name, phoneText(phone)].filter(Boolean).join(" "));
  const whom = [t(`alarm.rung.${check.to}`), people.slice(0, 3).join(t("strip.and"))].filter(Boolean).join(" ");
  const asked =
    check.missed === 0
      ? t(`alarm.${alarm.kind}`)
      : check.untilAt === null
        ? t("alarm.check.nobody", { kind: t(`alarm.${alarm.kind}`), length: durationText(now - check.reachedAt) })
        : t("alarm.check.climbed", { kind: t(`alarm.${alarm.kind}`), whom });
  const came =
    alarm.kind === "vigilance"
      ? ""
      : check.reachedAt - check.askedAt > 30_000
        ? t("alarm.check.late", { asked: whenText(check.askedAt, now), came: timeText(check.reachedAt) })
        : t("alarm.check.asked", { asked: timeText(check.askedAt) });
  const left =
    check.untilAt === null ? "" : t("alarm.check.left", { left: leftText(Math.max(0, check.untilAt - now)) });
  return [asked, check.words && t("alarm.check.words", { words: check.words }), came, left].filter(Boolean).join(" ");
}
