import { dateText, durationText, figureText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type ClockState, clockAt, type StepClock } from "#shared/domain/duty-event/clock.ts";
import { clockStepNames } from "#shared/domain/duty-event/limits.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { useTime } from "./ticker.ts";

/** What a clock says beside its bar. */
const sayings: Readonly<Record<Exclude<ClockState, "none" | "stopped">, "clock.left" | "clock.late" | "clock.paused">> =
  {
    running: "clock.left",
    soon: "clock.left",
    late: "clock.late",
    paused: "clock.paused",
  };

/**
 * Until when a clock shows the same: its words and its bar go by minutes, under a minute by seconds; it turns yellow, red or
 * stands still at once.
 */
export function holdsUntil(clock: StepClock | null, now: number): number {
  if (!clock || clock.endedAt !== null) return Number.POSITIVE_INFINITY;
  const { dueAt, soonAt, stands } = clock;
  const leftMs = dueAt - now;
  if (Math.abs(leftMs) < minuteMs) return now;
  // A minute is said until it is over before the limit, and from when it is full behind it.
  const minutes = Math.floor(Math.abs(leftMs) / minuteMs);
  const otherWordsAt = leftMs > 0 ? dueAt - minutes * minuteMs + 1 : dueAt + (minutes + 1) * minuteMs;
  const turns = [otherWordsAt, soonAt, dueAt + 1, stands?.fromAt ?? 0, stands?.toAt ?? 0];
  return Math.min(...turns.filter((at) => at > now));
}

/** In words or in figures; under a minute both count seconds: of a limit of one minute that is all there is to see. */
export const timeLeft = (leftMs: number, long: boolean): string =>
  long && Math.abs(leftMs) >= minuteMs ? durationText(leftMs) : figureText(leftMs);

/**
 * CL-1 on screen: which step, a bar that empties and the time left, grey → yellow → red, hatched while it stands still.
 * `bare`: the step is named beside it. `givenUp`: the event was voided or merged while it ran, or the party no longer had the task. Ticks by itself.
 */
export function ClockBar(props: { clock: StepClock | null; long?: boolean; bare?: boolean; givenUp?: boolean }) {
  const { clock, long = false, bare = false, givenUp = false } = props;
  const t = useText();
  const until = (now: number) => holdsUntil(clock, now);
  const { state, left, isOver, percent } = useTime((now) => {
    const { leftMs, part, ...at } = clockAt(clock, now);
    const left = timeLeft(leftMs, long);
    return { ...at, left, isOver: leftMs < 0, percent: at.state === "late" ? 100 : Math.round(part * 100) };
  }, until);
  if (!clock || state === "none") return <span className="clock clock-none">{t("clock.none")}</span>;
  if (givenUp) return <span className="clock clock-none">{t("clock.given_up")}</span>;
  const words = state === "stopped" ? t(isOver ? "clock.stopped_late" : "clock.stopped") : t(sayings[state], { left });
  // The limit of the whole needs no name: it is what people mean by the limit of an event.
  const step = bare || clock.step === "whole" ? "" : say(clockStepNames[clock.step]);
  return (
    <span
      className={`clock clock-${state}${step && !long ? " has-step" : ""}`}
      title={t("clock.due", { at: dateText(clock.dueAt) })}
    >
      <svg className="clock-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="clock-track" width="100" height="6" />
        <rect className="clock-fill" width={percent} height="6" />
      </svg>
      <span className="clock-words">
        {step && <span className="clock-step">{step}</span>}
        {words}
      </span>
    </span>
  );
}
