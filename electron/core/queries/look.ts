import type { ParsedOf } from "#shared/contract.ts";
import { type QueueLook, queueLookSchema } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";

const key = "queue";

/** Own views and columns of the signed-in officer. What an older desk kept and this one cannot read is as if never kept. */
export function readLook(desk: Desk): QueueLook {
  const text = sql(desk.db, "SELECT value FROM kept WHERE officer_id = ? AND key = ?")
    .pluck()
    .get(desk.session.officer?.id ?? "", key) as string | undefined;
  const kept = queueLookSchema.safeParse(text === undefined ? {} : JSON.parse(text));
  return kept.success ? kept.data : queueLookSchema.parse({});
}

export const lookOf = (desk: Desk): Answer<"event.look"> => ok(readLook(desk));

export function setLook(desk: Desk, look: ParsedOf<"event.setLook">): Answer<"event.setLook"> {
  sql(
    desk.db,
    "INSERT INTO kept (officer_id, key, value) VALUES (?, ?, ?) ON CONFLICT (officer_id, key) DO UPDATE SET value = excluded.value",
  ).run(desk.session.officer?.id ?? "", key, JSON.stringify(look));
  desk.notify("event");
  return ok({});
}
