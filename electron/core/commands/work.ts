import type { ParsedOf } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import { type Answer, actTogether, type Desk, newId } from "../desk.ts";
import { categoriesFor, categoryOf, isSecretCategory } from "../queries/categories.ts";
import { nextNumber, readMeta } from "../store/meta.ts";
import { eventNumber, limitsNow } from "./events.ts";

/** Number of a group of tasks, in each of their texts: whoever searches for it finds them all. */
function groupNumber(desk: Pick<Desk, "db" | "tables">, at: number): string {
  const day = dayOf(at, desk.tables.roster.offsetMin).replaceAll("-", "");
  const running = String(nextNumber(desk.db, `number:RW${day}`)).padStart(3, "0");
  return `RW${day}-${readMeta(desk.db, "letter") ?? "A"}${running}`;
}

/** Makes one event for each task, all in one transaction, through the same op as a report of the queue. */
export function createWork(desk: Desk, input: ParsedOf<"work.create">): Answer<"work.create"> {
  const category = input.category || (categoriesFor(desk, input.text)[0]?.code ?? "");
  if (input.category && !categoryOf(desk, category)) return fail(deskError("input.invalid", undefined, "category"));
  const { source, level, tasks } = input;
  const now = desk.ports.now();
  return actTogether(desk, (one) => {
    const group = groupNumber(desk, now);
    const text = `${input.text}\n任务组 ${group}\uff0c共 ${tasks.length} 项`;
    const events: DutyEvent[] = [];
    for (const { title, place } of tasks) {
      const made = one("event.report", {
        eventId: newId(desk.ports),
        given: {
          number: eventNumber(desk, now),
          source,
          title,
          text,
          level,
          category,
          confidential: isSecretCategory(desk, category),
          callerName: "",
          callerPhone: "",
          place,
          ...limitsNow(desk, category, level, now),
          sample: false,
        },
      });
      if (!made.ok) return made;
      events.push(made.value.state);
    }
    return ok({ group, events });
  });
}
