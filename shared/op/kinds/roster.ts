import { z } from "zod";
import { mayPlan } from "#shared/domain/roster/layer-course.ts";
import { type AcceptedGap, acceptedGapSchema, changesBetween, monthDigest } from "#shared/domain/roster/month.ts";
import { type DutyRole, roleNames, rosterMonthSchema, slotPattern } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { id, row } from "./row.ts";

const notYours = fail(deskError("event.role", { action: "排班" }));
const slot = z.string().regex(slotPattern);
const monthOnly = rosterMonthSchema.shape.month;

/** A month as it was published and changed since, with the gaps that somebody has accepted. */
export const publishedMonthSchema = rosterMonthSchema.extend({ accepted: z.array(acceptedGapSchema).optional() });
export type PublishedMonth = z.infer<typeof publishedMonthSchema>;

const publishBody = rosterMonthSchema.extend({
  /** Digest of the month that it replaces. Left out by desks of the first version. */
  was: z.string().length(16).optional(),
  /** Required places that it leaves empty and that nobody has accepted before. */
  gaps: z.array(slot).max(1000).optional(),
  accepted: acceptedGapSchema.omit({ slots: true }).optional(),
});
type PublishBody = z.infer<typeof publishBody>;

/** RO-6: publishing sets a whole month; it needs the right to plan. RO-34: only the month that was seen. RO-35: with a gap only signed. */
export const rosterPublish = row<PublishBody, PublishedMonth>({
  v: 2,
  body: () =>
    publishBody
      .refine((body) => Object.keys(body.slots).every((key) => key.startsWith(body.month)))
      .refine((body) => (body.gaps ?? []).every((key) => key.startsWith(body.month) && !(key in body.slots)), {
        path: ["gaps"],
      }),
  entity: "roster",
  state: () => publishedMonthSchema,
  entityId: (body) => body.month,
  apply: (present, { month, slots, was, gaps = [], accepted }, act) => {
    if (!mayPlan(act.grade)) return notYours;
    if (was !== undefined && was !== monthDigest(present?.slots ?? {})) return fail(deskError("roster.changed"));
    if (gaps.length > 0 && !accepted) return fail(deskError("roster.gaps_open", { count: gaps.length }));
    if (accepted && accepted.officerId !== act.by) return fail(deskError("roster.not_yours"));
    const before = stillEmpty(present?.accepted ?? [], slots);
    const all = accepted && gaps.length > 0 ? [...before, { ...accepted, slots: gaps }] : before;
    return ok({ month, slots, ...(all.length > 0 ? { accepted: all } : {}) });
  },
  log: (body, _after, before) => {
    const left = body.gaps?.length ?? 0;
    return {
      kind: "roster",
      text: {
        zh: `发布 ${body.month} 值班表${left > 0 ? `，接受空档 ${left} 处：${body.accepted?.reason}` : ""}`,
        en: `Published the roster of ${body.month}${left > 0 ? `, ${left} gaps accepted: ${body.accepted?.reason}` : ""}`,
      },
      eventId: null,
      action: "publish",
      changes: changesBetween(before?.slots ?? {}, body.slots),
    };
  },
});

/** An acceptance speaks of empty places: of those that were filled since it says nothing more. */
const stillEmpty = (accepted: readonly AcceptedGap[], slots: Readonly<Record<string, string>>): AcceptedGap[] =>
  accepted
    .map((gap) => ({ ...gap, slots: gap.slots.filter((key) => !(key in slots)) }))
    .filter((gap) => gap.slots.length > 0);

type Changes = readonly { readonly slot: string; readonly officerId: string | null; readonly was: string | null }[];

/** RO-7: places change only if each still holds whom the officer saw. */
function changeSlots(present: PublishedMonth | undefined, month: string, changes: Changes) {
  const slots = { ...present?.slots };
  if (changes.some(({ slot, was }) => (slots[slot] ?? null) !== was)) return fail(deskError("roster.changed"));
  for (const { slot, officerId } of changes) {
    if (officerId === null) delete slots[slot];
    else slots[slot] = officerId;
  }
  const accepted = stillEmpty(present?.accepted ?? [], slots);
  return ok({ month, slots, ...(accepted.length > 0 ? { accepted } : {}) });
}

function changeText(slot: string, was: string, is: string): Bilingual {
  const [on = "", , role = "main_operator"] = slot.split("/");
  const name = roleNames[role as DutyRole];
  return {
    zh: `${on} ${name.zh}：${was || "空"} → ${is || "空"}`,
    en: `${on} ${name.en}: ${was || "none"} → ${is || "none"}`,
  };
}

const assignBody = z.strictObject({
  month: monthOnly,
  slot,
  officerId: id.nullable(),
  /** Who stood there on the desk that changed it: a change made elsewhere meanwhile is not overwritten. */
  was: id.nullable(),
  names: z.strictObject({ officer: z.string().max(40), was: z.string().max(40) }),
});
type AssignBody = z.infer<typeof assignBody>;

/** One slot in other hands. */
export const rosterAssign = row<AssignBody, PublishedMonth>({
  v: 1,
  body: () => assignBody.refine((body) => body.slot.startsWith(body.month)),
  entity: "roster",
  state: () => publishedMonthSchema,
  entityId: (body) => body.month,
  apply: (present, body, act) => (mayPlan(act.grade) ? changeSlots(present, body.month, [body]) : notYours),
  log: ({ slot, officerId, was, names }) => {
    const { zh, en } = changeText(slot, names.was, names.officer);
    return {
      kind: "roster",
      text: { zh: `值班表 ${zh}`, en: `Roster ${en}` },
      eventId: null,
      action: "assign",
      changes: [{ slot, officerId, was }],
    };
  },
});

const editBody = z.strictObject({
  month: monthOnly,
  changes: z
    .array(z.strictObject({ slot, officerId: id.nullable(), was: id.nullable() }))
    .min(1)
    .max(20),
  names: z.record(id, z.string().max(40)),
  /** It takes back an edit: a change of its own, nothing is erased. */
  undoes: z.boolean(),
});
type EditBody = z.infer<typeof editBody>;

/** Several places in one stroke: a person dragged from one to another. All of them change, or none. */
export const rosterEdit = row<EditBody, PublishedMonth>({
  v: 1,
  body: () => editBody.refine((body) => body.changes.every((change) => change.slot.startsWith(body.month))),
  entity: "roster",
  state: () => publishedMonthSchema,
  entityId: (body) => body.month,
  apply: (present, body, act) => (mayPlan(act.grade) ? changeSlots(present, body.month, body.changes) : notYours),
  log: ({ changes, names, undoes }) => {
    const name = (officerId: string | null) => (officerId === null ? "" : (names[officerId] ?? officerId));
    const lines = changes.map((one) => changeText(one.slot, name(one.was), name(one.officerId)));
    return {
      kind: "roster",
      text: {
        zh: `${undoes ? "撤销，" : ""}值班表 ${lines.map(({ zh }) => zh).join("；")}`,
        en: `${undoes ? "Undone: " : ""}Roster ${lines.map(({ en }) => en).join("; ")}`,
      },
      eventId: null,
      action: "assign",
      changes,
    };
  },
});
