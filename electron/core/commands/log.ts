import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

export function writeEntry(desk: Desk, input: ParsedOf<"log.write">): Answer<"log.write"> {
  if (input.eventId && !readEntity(desk.db, "event", input.eventId)) return fail(deskError("event.unknown"));
  if (input.corrects && !sql(desk.db, "SELECT 1 FROM duty_log WHERE id = ?").get(input.corrects))
    return fail(deskError("log.unknown"));
  const done = act(desk, "log.write", { ...input, id: newId(desk.ports) });
  return done.ok ? ok({ id: done.value.opId }) : done;
}
