import { ClockBar, useMinute } from "#renderer/parts/index.ts";
import { dateText, durationText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import { clocksOf, isGivenUp } from "#shared/domain/duty-event/clock.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { clockStepNames } from "#shared/domain/duty-event/limits.ts";
import { type Hold, standOf } from "#shared/domain/duty-event/pause.ts";
import { minuteMs } from "#shared/lib/time.ts";

/** CL-4: every clock of an event that has begun, and what holds them: nothing to press, all to read. */
export function ClockTable({ event, entries }: { event: DutyEvent; entries: readonly TimelineEntry[] }) {
  const t = useText();
  const clocks = clocksOf(event);
  const voidedAt = entries.findLast(({ action }) => action === "void")?.at;
  if (clocks.length === 0 && event.holds.length === 0) return null;
  return (
    <section className="clocks" aria-label={t("queue.clocks")}>
      <ul>
        {clocks.map((clock) => (
          <li key={clock.step} className={clock.endedAt === null ? "clocks-row" : "clocks-row is-ended"}>
            <span>{say(clockStepNames[clock.step])}</span>
            <ClockBar clock={clock} long bare givenUp={isGivenUp(event, clock.step, voidedAt)} />
            <span className="figures soft">{t("clock.due", { at: dateText(clock.dueAt) })}</span>
            <span className="soft">
              {t(`queue.clocks.${clock.in}`, { length: durationText(clock.limitMin * minuteMs) })}
            </span>
          </li>
        ))}
      </ul>
      {event.holds.map((hold) => (
        <HoldLine key={`${hold.kind}/${hold.askedAt}`} hold={hold} />
      ))}
    </section>
  );
}

/** One pause or extension and where it stands; who asked and who decided is on the timeline. */
function HoldLine({ hold }: { hold: Hold }) {
  const t = useText();
  const now = useMinute();
  const { kind, minutes, reason, decided } = hold;
  const length = durationText(minutes * minuteMs);
  const stand = standOf(hold);
  const how = !decided
    ? "asked"
    : !decided.granted
      ? "refused"
      : kind === "extend"
        ? "granted"
        : stand && now < stand.toAt
          ? "stands"
          : "over";
  return (
    <p className={how === "asked" || how === "stands" ? "clocks-hold is-news" : "clocks-hold soft"}>
      {t(`queue.hold.${kind}.${how}`, { length, reason, at: stand ? dateText(stand.toAt) : "" })}
    </p>
  );
}
