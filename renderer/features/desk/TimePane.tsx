import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { type AxisRow, linkSpans, linkSumText, Pane, TimeAxis, useMinute } from "#renderer/parts/index.ts";
import { dateText, timeText, titleText, zoneMinutes } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow, ShiftView } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import { dayOf, hourMs, minuteMs, monthOf } from "#shared/lib/time.ts";

const backMs = 24 * hourMs;
const aheadMs = 12 * hourMs;

/** One axis for everything that has a time: shifts and their gaps, limits of open events, warnings, the link; and the line of now. */
export function TimePane({ now }: { now: DeskNow }) {
  const t = useText();
  const at = useMinute();
  const goTo = usePage((page) => page.goTo);
  const fromAt = at - backMs;
  const toAt = at + aheadMs;
  const { shifts, gaps } = useShifts(fromAt, toAt, now);
  const open = useDesk("event.list", { view: "open", sort: "due", limit: 200 }).data?.rows ?? [];
  const link = useDesk("link.history", { hours: 24 }, { everyMs: minuteMs }).data?.spans ?? [];

  const rows: AxisRow[] = [
    {
      key: "shift",
      name: t("desk.axis.shift"),
      spans: [
        ...shifts.map((shift) => ({
          key: `${shift.on}/${shift.shift}`,
          fromAt: shift.startAt,
          toAt: shift.endAt,
          look: at >= shift.startAt && at < shift.endAt ? "here" : "calm",
          word: [say(shift.name), leaderOf(shift)].join(" "),
          about: `${dateText(shift.startAt)}–${timeText(shift.endAt)}`,
        })),
        ...gaps.map((gap) => ({
          key: `gap/${gap.on}/${gap.shift}/${gap.role}/${gap.fromAt}`,
          fromAt: gap.fromAt,
          toAt: gap.toAt,
          look: "gap",
          about: `${say(roleNames[gap.role])} ${t("strip.gap")}`,
        })),
      ],
    },
    {
      key: "due",
      name: t("desk.axis.due"),
      marks: open.flatMap((row) =>
        row.dueAt === null
          ? []
          : [
              {
                key: row.id,
                at: row.dueAt,
                look: clockAt(row.clock, at).state,
                about: `${timeText(row.dueAt)} ${titleText(row.title)}`,
              },
            ],
      ),
    },
    ...(now.warnings.length === 0
      ? []
      : [
          {
            key: "warning",
            name: t("desk.axis.warning"),
            spans: now.warnings.map((warning) => ({
              key: warning.id,
              fromAt: warning.fromAt,
              toAt: warning.toAt,
              look: warning.level,
              about: warning.title,
            })),
          },
        ]),
    { key: "link", name: t("desk.axis.link"), spans: linkSpans(t, link) },
  ];
  return (
    <Pane
      title={t("desk.axis")}
      className="time-pane"
      tools={
        <>
          <span className="soft one-line">{linkSumText(t, link)}</span>
          {now.counts.gaps > 0 && (
            <button type="button" className="button-link is-news" onClick={() => goTo("roster")}>
              {t("desk.gaps", { count: now.counts.gaps })}
            </button>
          )}
        </>
      }
    >
      <TimeAxis fromAt={fromAt} toAt={toAt} at={at} everyMs={3 * hourMs} label={t("desk.axis.about")} rows={rows} />
    </Pane>
  );
}

const leaderOf = (shift: ShiftView) => shift.people.find((person) => person.role === "shift_leader")?.name ?? "";

/** Shifts and gaps that touch the axis; it may touch two months. */
function useShifts(fromAt: number, toAt: number, now: DeskNow) {
  const offsetMin = zoneMinutes();
  const first = useDesk("roster.month", { month: monthOf(dayOf(fromAt - backMs, offsetMin)) }).data;
  const last = useDesk("roster.month", { month: monthOf(dayOf(toAt, offsetMin)) }).data;
  const months = first?.month === last?.month ? [first] : [first, last];
  const known = new Map<string, ShiftView>();
  for (const shift of [...months.flatMap((month) => month?.shifts ?? []), now.current, now.next])
    if (shift && shift.startAt < toAt && shift.endAt > fromAt) known.set(`${shift.on}/${shift.shift}`, shift);
  const gaps = months.flatMap((month) => month?.gaps ?? []).filter((gap) => gap.toAt > now.at && gap.fromAt < toAt);
  return { shifts: [...known.values()], gaps };
}
