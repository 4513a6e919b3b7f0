import { durationText, figureText, whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { useNow } from "./ticker.ts";

type Timed = Pick<DutyEvent, "state" | "dueAt" | "reportedAt" | "closedAt">;

/** CL-1 on screen: a bar that empties and the time left, grey → yellow → red, hatched when it has stopped. Ticks by itself. */
export function ClockBar({ event, long = false }: { event: Timed; long?: boolean }) {
  const t = useText();
  const now = useNow();
  const clock = clockAt(event, now);
  if (clock.state === "none") return <span className="clock clock-none">{t("clock.none")}</span>;
  const left = long ? durationText(clock.leftMs) : figureText(clock.leftMs);
  const words =
    clock.state === "late"
      ? t("clock.late", { left })
      : clock.state === "stopped"
        ? t(clock.leftMs < 0 ? "clock.stopped_late" : "clock.stopped")
        : t("clock.left", { left });
  const about = event.dueAt === null ? "" : t("clock.due", { at: whenText(event.dueAt, now) });
  return (
    <span className={`clock clock-${clock.state}`} title={about}>
      <svg className="clock-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="clock-track" width="100" height="6" />
        <rect className="clock-fill" width={clock.state === "late" ? 100 : clock.part * 100} height="6" />
      </svg>
      <span className="clock-words">{words}</span>
    </span>
  );
}
