import type { Tables } from "#shared/contract.ts";
import type { Level, Source } from "#shared/domain/duty-event/event.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import { eventNumber, limitsNow, titleOf } from "../commands/events.ts";
import type { Happening, Stage } from "./play.ts";

/** One of the seven true cases as a script: its report, and each step with the minutes after it. */
export interface Case {
  readonly source: string;
  readonly level: Level;
  readonly category: string;
  readonly text: string;
  readonly caller?: string;
  readonly callerPhone?: string;
  readonly place: { text: string; lng: number; lat: number; community: string; grid: string };
  readonly minutesBeforeNow: number;
  readonly steps: readonly {
    readonly action: Exclude<EventAction, "report">;
    readonly minutesAfter: number;
    readonly by: Exclude<Grade, "admin">;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}

/** Sources of the scripts that the desk knows by a wider name. */
const sourceOf: Readonly<Record<string, Source>> = {
  camera: "device",
  sensor: "device",
  hotline_12345: "citizen_appeal",
};

export function caseHappenings(stage: Stage, one: Case): Happening[] {
  const { tables, now } = stage;
  const reportedAt = now - one.minutesBeforeNow * minuteMs;
  const eventId = stage.newId();
  const { lng, lat, text, community, grid } = one.place;
  const report = () => {
    const given = {
      number: eventNumber(stage, reportedAt),
      source: sourceOf[one.source] ?? (one.source as Source),
      title: titleOf(one.text),
      text: one.text,
      level: one.level,
      category: one.category,
      confidential: tables.categories.rows.find(({ code }) => code === one.category)?.confidential ?? false,
      callerName: one.caller ?? "",
      callerPhone: one.callerPhone ?? "",
      place: { text, point: { lng, lat }, community, grid },
      ...limitsNow(stage, one.category, one.level, reportedAt),
      sample: true,
    };
    stage.put("event.report", { eventId, given }, stage.onDuty("operator", reportedAt), reportedAt);
  };
  const steps = one.steps.map(({ action, minutesAfter, by, body }, index): Happening => {
    // A few seconds apart, so that steps of one minute keep their order.
    const at = Math.min(now, reportedAt + minutesAfter * minuteMs + (index + 1) * 4000);
    const act = { eventId, action, given: givenOf(action, body, tables, one.level, at) } as BodyOf<"event.act">;
    return { at, record: () => stage.put("event.act", act, stage.onDuty(by, at), at) };
  });
  return [{ at: reportedAt, record: report }, ...steps];
}

/** The scripts use the words of the street; the table of transitions has its own field names. */
function givenOf(
  action: EventAction,
  body: Readonly<Record<string, unknown>>,
  tables: Tables,
  level: Level,
  at: number,
): Record<string, unknown> {
  if (action === "acknowledge") return { party: body.by, via: body.via === "phone" ? "电话" : "系统" };
  if (action === "whistle") {
    const kind = tables.whistle.kinds.find(({ code }) => code === body.kind);
    return { whistleKind: body.kind, whistleKindName: kind?.name ?? String(body.kind), to: body.to, text: body.text };
  }
  if (action !== "assess") return { ...body };
  const { limitMin, limits } = limitsNow(
    { tables },
    String(body.category),
    (body.level as Level | undefined) ?? level,
    at,
  );
  return { ...body, ...(limitMin === null ? {} : { limitMin }), ...(limits === null ? {} : { limits }) };
}
