import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import {
  type DutyRole,
  type RosterMonth,
  roleNames,
  rosterMonthSchema,
  slotPattern,
} from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { id, row } from "./row.ts";

const rosterHands: readonly Grade[] = ["shift_leader", "leader", "admin"];
const monthOnly = rosterMonthSchema.shape.month;

/** RO-6: publishing sets a whole month; it needs the right to plan. */
export const rosterPublish = row<RosterMonth, RosterMonth>({
  v: 1,
  body: rosterMonthSchema.refine((month) => Object.keys(month.slots).every((key) => key.startsWith(month.month))),
  entity: "roster",
  state: rosterMonthSchema,
  entityId: (body) => body.month,
  apply: (_present, body, act) =>
    rosterHands.includes(act.grade) ? ok(body) : fail(deskError("event.role", { action: "排班" })),
  log: (body) => ({
    kind: "roster",
    text: { zh: `发布 ${body.month} 值班表`, en: `Published the roster of ${body.month}` },
    eventId: null,
    action: "publish",
  }),
});

const assignBody = z.strictObject({
  month: monthOnly,
  slot: z.string().regex(slotPattern),
  officerId: id.nullable(),
  /** Who stood there on the desk that changed it: a change made elsewhere meanwhile is not overwritten. */
  was: id.nullable(),
  names: z.strictObject({ officer: z.string().max(40), was: z.string().max(40) }),
});
type AssignBody = z.infer<typeof assignBody>;

/** RO-7: one slot changes only if it still holds whom the officer saw. */
export const rosterAssign = row<AssignBody, RosterMonth>({
  v: 1,
  body: assignBody.refine((body) => body.slot.startsWith(body.month)),
  entity: "roster",
  state: rosterMonthSchema,
  entityId: (body) => body.month,
  apply: (present, body, act) => {
    if (!rosterHands.includes(act.grade)) return fail(deskError("event.role", { action: "排班" }));
    const slots = { ...present?.slots };
    if ((slots[body.slot] ?? null) !== body.was) return fail(deskError("roster.changed"));
    if (body.officerId === null) delete slots[body.slot];
    else slots[body.slot] = body.officerId;
    return ok({ month: body.month, slots });
  },
  log: (body) => {
    const [on = "", , role = "main_operator"] = body.slot.split("/");
    const name = roleNames[role as DutyRole];
    return {
      kind: "roster",
      text: {
        zh: `值班表 ${on} ${name.zh}：${body.names.was || "空"} → ${body.names.officer || "空"}`,
        en: `Roster ${on} ${name.en}: ${body.names.was || "none"} → ${body.names.officer || "none"}`,
      },
      eventId: null,
      action: "assign",
    };
  },
});
