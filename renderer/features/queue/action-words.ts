import { dateText, durationText } from "#renderer/text/format.ts";
import type { Say } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { EventAction, Field, FieldName } from "#shared/domain/duty-event/transitions.ts";
import { readLength } from "#shared/lib/length.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { type Entered, linesOf } from "./action-fields.ts";
import { secretCategory } from "./intake-form.ts";

export const isUrging = (action: EventAction): boolean => action === "urge" || action === "supervise";

/** Some fields mean something of their own in one action. */
export function labelOf(
  action: EventAction,
  name: FieldName,
): `queue.field.${FieldName | "urged" | "urged_via" | "answered" | "routed" | "words"}` {
  if (name === "to" && isUrging(action)) return "queue.field.urged";
  if (name === "via" && isUrging(action)) return "queue.field.urged_via";
  if (name === "to" && action === "answer_urge") return "queue.field.answered";
  if (name === "to" && (action === "route" || action === "decide")) return "queue.field.routed";
  if (name === "text" && (isUrging(action) || action === "answer_urge")) return "queue.field.words";
  return `queue.field.${name}`;
}

/** What a field says below itself as it stands: what its words come to, or what is still lacking. */
export function hintOf(
  asked: { readonly action: EventAction; readonly field: Field; readonly entered: Entered },
  event: DutyEvent,
  tables: Tables,
  t: Say,
  now: number,
): string | null {
  const { action, field, entered } = asked;
  if (field.name === "limitMin") {
    const minutes = Number(entered.limitMin);
    if (!entered.limitMin || !Number.isInteger(minutes) || minutes <= 0) return t("queue.limit.none");
    return t("queue.limit.means", {
      length: durationText(minutes * minuteMs),
      at: dateText(event.reportedAt + minutes * minuteMs),
    });
  }
  if (field.name === "pauseMin" || field.name === "moreMin") {
    const minutes = readLength(entered[field.name]);
    if (!(minutes > 0)) return t(`queue.hold.${field.name}`);
    const length = durationText(minutes * minuteMs);
    return field.name === "pauseMin"
      ? t("queue.hold.until", { length, at: dateText(now + minutes * minuteMs) })
      : t("queue.hold.more", { length });
  }
  if (action === "seal") return t("queue.seal.for_good");
  if (field.name === "category" && !event.confidential)
    return secretCategory(tables.categories.rows, entered.category) ? t("queue.assess.secret") : null;
  if (field.name === "parts") {
    const count = linesOf(entered.parts).length;
    return count === 0 ? t("queue.parts.how") : t("queue.parts.count", { count });
  }
  const value = entered[field.name];
  const max = field.max ?? 200;
  if (typeof value === "string" && value.length > max * 0.8) return t("queue.length", { now: value.length, max });
  return null;
}
