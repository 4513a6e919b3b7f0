import { z } from "zod";
import { type DutyEvent, isGone, isOpen, levels } from "#shared/domain/duty-event/event.ts";
import { minuteMs } from "#shared/lib/time.ts";

/** [D] Which events are reported upwards and by when. Data of `resources/defaults/reports.json` or the district. */
export const reportRulesSchema = z.object({
  label: z.string(),
  levels: z.array(z.enum(levels)),
  /** Minutes after the event became known: by phone, in writing. */
  phoneMin: z.number().int().positive(),
  writtenMin: z.number().int().positive(),
  /** Minutes between one report and the next while the event goes on. */
  followupMin: z.number().int().positive(),
  /** Minutes after the end of the event for the final report. */
  finalMin: z.number().int().positive(),
});
export type ReportRules = z.infer<typeof reportRulesSchema>;

export const reportKinds = {
  initial: { zh: "首报", en: "First report" },
  followup: { zh: "续报", en: "Follow-up" },
  final: { zh: "终报", en: "Final report" },
} as const;
export interface ReportDue {
  readonly kind: keyof typeof reportKinds;
  readonly dueAt: number;
  /** Initial report only: the phone comes first. */
  readonly phoneAt: number | null;
  /** Reports made so far. */
  readonly made: number;
}

/**
 * HO-16: the report that an event owes next, by the table; `undefined`: none. A 请示报告 of the duty log that names the event
 * is a report of it. `reportedAt`: when such entries were written, oldest first.
 */
export function reportDue(
  rules: ReportRules,
  event: Pick<DutyEvent, "state" | "level" | "reportedAt" | "closedAt">,
  reportedAt: readonly number[],
): ReportDue | undefined {
  if (!rules.levels.includes(event.level) || isGone(event.state)) return undefined;
  const after = reportedAt.filter((at) => at >= event.reportedAt);
  const last = after.at(-1);
  const made = after.length;
  if (last === undefined) {
    const due = (min: number) => event.reportedAt + min * minuteMs;
    return { kind: "initial", dueAt: due(rules.writtenMin), phoneAt: due(rules.phoneMin), made };
  }
  if (isOpen(event.state)) return { kind: "followup", dueAt: last + rules.followupMin * minuteMs, phoneAt: null, made };
  const closedAt = event.closedAt ?? last;
  return last >= closedAt
    ? undefined
    : { kind: "final", dueAt: closedAt + rules.finalMin * minuteMs, phoneAt: null, made };
}
