import { useEffect, useSyncExternalStore } from "react";
import { useConnection, useDesk } from "#renderer/bridge/use-desk.ts";
import {
  EmptyState,
  ErrorNote,
  Sample,
  setDeskTime,
  untilMinute,
  useMinute,
  useTime,
  WarningShape,
} from "#renderer/parts/index.ts";
import { later } from "#renderer/parts/later.tsx";
import {
  clockText,
  countText,
  dayText,
  durationText,
  sameDay,
  shortDateText,
  shortNumber,
  timeText,
  whenText,
} from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { LinkStatus, WallAlarm, WallNow } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { sealedName } from "#shared/domain/duty-event/sealed-name.ts";
import { hourMs } from "#shared/lib/time.ts";
import { rowKey } from "../alarm.ts";
import { alarmWords } from "../alarm-words.ts";
import { LinkMarks } from "../LinkMarks.tsx";
import { LostBanner } from "../LostBanner.tsx";
import { SecondHand } from "../SecondHand.tsx";
import { crewOf, leftWords } from "../shift-words.ts";
import { WallList } from "./WallList.tsx";

const WallMap = later(() => import("#renderer/features/map/wall/WallMap.tsx").then((it) => it.WallMap));

const everyMs = 15_000;
/** An answer that is older is no answer: the core is there and does not speak. */
const staleMs = 40_000;
/** More would cover the events; the rest is counted. */
const mostAlarms = 3;
const mostWarnings = 3;

/** Everything that the room reads, at one glance. */
export function WallBoard() {
  const t = useText();
  const wall = useDesk("wall.now", {}, { everyMs });
  const link = useDesk("link.status", {}, { everyMs }).data;
  const isLost = useConnection().state === "lost";
  const { data, again } = wall;
  useEffect(() => {
    if (data) setDeskTime(data.at);
  }, [data]);
  useTurns(data, again);
  const isOld = useTime((now) => data !== undefined && now - data.at > staleMs);
  // What comes with the link itself is no older than its answer.
  const isStale = isLost || isOld || wall.error !== undefined;
  if (!data)
    return (
      <main className="wall wall-door" aria-label={t("wall.title")}>
        <LostBanner />
        {wall.error ? <ErrorNote error={wall.error} /> : <EmptyState title={t("wall.opening")} />}
      </main>
    );
  return (
    <main className={isStale ? "wall is-stale" : "wall"} aria-label={t("wall.title")}>
      <Head now={data} />
      <div className="wall-bands">
        {isStale && (
          <p className="wall-stale" role="alert">
            {t("wall.stale", { at: clockText(data.at) })}
          </p>
        )}
        <Alarms alarms={data.alarms} />
      </div>
      <Figures counts={isStale ? null : data.counts} />
      <WallList rows={data.rows} open={data.counts.open} at={data.at} />
      <aside className="wall-side">
        <MapPart now={data} />
        <Warnings warnings={data.warnings} />
        {link && !isStale && <Link status={link} />}
      </aside>
    </main>
  );
}

/** Figures turn with the clock of an event, not with the next time that somebody asks. */
function useTurns(now: WallNow | undefined, again: () => void): void {
  useEffect(() => {
    if (!now) return;
    const turns = now.rows.flatMap(({ clock }) =>
      clock && clock.endedAt === null ? [clock.dueAt + 1, clock.dueAt - hourMs + 1] : [],
    );
    const next = Math.min(...turns.filter((at) => at > now.at));
    if (next - now.at > everyMs) return;
    const timer = setTimeout(again, next - now.at);
    return () => clearTimeout(timer);
  }, [now, again]);
}

function Head({ now }: { now: WallNow }) {
  const t = useText();
  const day = useTime(dayText, untilMinute);
  return (
    <header className="wall-head">
      <div className="wall-street">
        <strong className="one-line">{t("strip.centre", { street: now.streetName })}</strong>
        <span className="wall-day">
          {day} {now.sample && <Sample />}
        </span>
      </div>
      <Shift now={now} />
      <Clock />
    </header>
  );
}

const size = () => `${innerWidth}x${innerHeight}`;
function watchSize(watcher: () => void): () => void {
  window.addEventListener("resize", watcher);
  return () => window.removeEventListener("resize", watcher);
}

/** The second hand is drawn in the size that it finds: another window is another one. */
function Clock() {
  const drawnFor = useSyncExternalStore(watchSize, size);
  return (
    <div className="wall-clock" key={drawnFor}>
      <SecondHand />
    </div>
  );
}

function Shift({ now: { shift, gaps, handing } }: { now: WallNow }) {
  const t = useText();
  const left = useTime((at) => leftWords(t, shift?.endAt ?? at, at), untilMinute);
  const over = useTime((at) => durationText(at - (handing?.dueAt ?? at)), untilMinute);
  return (
    <div className="wall-shift">
      <p className="wall-shift-name">
        {shift ? (
          <>
            <strong>{say(shift.name)}</strong>
            <span className="figures">
              {timeText(shift.startAt)}–{timeText(shift.endAt)}
            </span>
            <span className="figures soft">{left}</span>
          </>
        ) : (
          <strong className="wall-gap">{t("strip.no_shift")}</strong>
        )}
      </p>
      {handing ? (
        <p className="wall-handing one-line">
          {t("strip.handing", { names: handing.responsible.join(t("strip.and")), over })}
        </p>
      ) : (
        <dl className="wall-people">
          {crewOf(t, shift?.people ?? [], gaps).map(({ role, names, isGap }) => (
            <div key={role} className={isGap ? "wall-gap" : undefined}>
              <dt>{t(`strip.role.${role}`)}</dt>
              <dd className="one-line">{names || t("strip.gap")}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

const figures = ["late", "dueSoon", "open", "today", "shift", "closed"] as const;

/** `null`: nobody knows them now. */
function Figures({ counts }: { counts: WallNow["counts"] | null }) {
  const t = useText();
  return (
    <dl className="wall-figures" aria-label={t("wall.counts")}>
      {figures.map((name) => {
        const isNews = counts !== null && counts[name] > 0;
        return (
          <div key={name} className={`wall-figure${isNews ? ` is-${name}` : ""}`}>
            <dt>{t(`wall.count.${name}`)}</dt>
            <dd className="figures">{counts ? countText(counts[name]) : "–"}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What nobody has answered, grouped as at the desk. The desk sounds; here it is read. */
function Alarms({ alarms }: { alarms: readonly WallAlarm[] }) {
  const t = useText();
  if (alarms.length === 0) return null;
  const shown = alarms.slice(0, mostAlarms);
  const more = alarms.slice(mostAlarms).reduce((sum, { count }) => sum + count, 0);
  return (
    <ul className="wall-alarms" aria-label={t("wall.alarms")}>
      {shown.map((alarm, index) => (
        <li key={rowKey(alarm)} className={`wall-alarm is-${alarm.level}`}>
          <WallAlarmWords alarm={alarm} />
          {more > 0 && index === shown.length - 1 && (
            <span className="wall-more">{t("wall.alarms.more", { count: more })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function WallAlarmWords({ alarm }: { alarm: WallAlarm }) {
  const t = useText();
  const words = useTime(
    (now) => alarmWords(t, { ...alarm, names: alarm.event ? [eventWords(alarm.event)] : alarm.names }, undefined, now),
    untilMinute,
  );
  // A gap that is still to come stands since nobody knows when.
  const since = useTime((now) => (alarm.sinceAt <= now ? whenText(alarm.sinceAt, now) : ""), untilMinute);
  return (
    <>
      {since && <span className="figures wall-since">{since}</span>}
      <span className="one-line">{words}</span>
    </>
  );
}

const eventWords = ({ number, title, confidential }: NonNullable<WallAlarm["event"]>): string =>
  `${shortNumber(number)} ${confidential ? say(sealedName) : title}`;

function MapPart({ now: { rows } }: { now: WallNow }) {
  const t = useText();
  const now = useMinute();
  const placed = rows.filter(({ point }) => point !== null);
  const late = placed.filter(({ clock }) => clockAt(clock, now).state === "late").length;
  return <WallMap rows={rows} now={now} label={t("wall.map", { count: placed.length, late })} />;
}

function Warnings({ warnings }: { warnings: WallNow["warnings"] }) {
  const t = useText();
  const at = useMinute();
  return (
    <section className="wall-warnings" aria-label={t("wall.warnings")}>
      {warnings.length === 0 && <p className="soft">{t("wall.warnings.none")}</p>}
      <ul>
        {warnings.slice(0, mostWarnings).map(({ id, level, title, toAt }) => (
          <li key={id}>
            <WarningShape level={level} />
            <strong>{t(`desk.warning.${level}`)}</strong>
            <span className="one-line">{title}</span>
            <span className="figures soft">
              {t("wall.warning.until", { at: sameDay(toAt, at) ? timeText(toAt) : shortDateText(toAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Link({ status }: { status: LinkStatus }) {
  const t = useText();
  const reason = useTime((at) => linkWords(t, status.link, at).reason, untilMinute);
  return (
    <section className="wall-link" aria-label={t("wall.link")}>
      <span className="soft">{t("wall.link")}</span>
      <LinkMarks status={status} />
      {reason && <span className="soft wall-reason">{reason}</span>}
    </section>
  );
}
