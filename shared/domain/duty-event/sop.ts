import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { type DutyEvent, isOpen, stateNames } from "./event.ts";
import { type SopTick, sopItemSchema, sopWords } from "./sop-card.ts";

/** `card`: the items as the officer saw them; they become the event's own with the first tick. */
export const sopBodySchema = z.strictObject({
  eventId: z.string().min(1).max(64),
  card: z.array(sopItemSchema).max(60),
  item: sopWords,
  done: z.boolean(),
  note: z.string().trim().max(200).default(""),
});
export type SopBody = z.infer<typeof sopBodySchema>;

const who = ["operator", "shift_leader", "leader"];

/** SP-1, SP-2. Errors: `event.unknown`, `event.not_from_here`, `event.role`, `event.sop_item`. */
export function judgeSop(event: DutyEvent | undefined, body: SopBody, act: Act): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  if (!isOpen(event.state))
    return fail(deskError("event.not_from_here", { action: "勾处置规程", state: stateNames[event.state].zh }));
  if (!who.includes(act.grade)) return fail(deskError("event.role", { action: "勾处置规程" }));
  const before = event.sop ?? { card: [], ticks: [] };
  const card = before.card.length > 0 ? before.card : body.card;
  if (!card.some(({ text }) => text === body.item)) return fail(deskError("event.sop_item"));
  const known = before.ticks.find(({ item }) => item === body.item);
  // Two desks that tick the same thing: who was first stands.
  if (known && known.done === body.done) return ok(event);
  const tick: SopTick = { item: body.item, done: body.done, at: act.at, by: act.by, note: body.note };
  const ticks = [...before.ticks.filter(({ item }) => item !== body.item), tick];
  return ok({ ...event, sop: { card: [...card], ticks }, updatedAt: act.at });
}

export function sopSentence({ item, done, note }: SopBody): Bilingual {
  const more = note ? { zh: `（${note}）`, en: ` (${note})` } : { zh: "", en: "" };
  return done
    ? { zh: `处置规程：${item}${more.zh}`, en: `SOP done: ${item}${more.en}` }
    : { zh: `处置规程取消勾选：${item}${more.zh}`, en: `SOP taken back: ${item}${more.en}` };
}
