import { eventSheet, sheetText } from "#shared/domain/duty-event/event-sheet.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { bondsOf } from "./bonds.ts";
import { categoryOf } from "./categories.ts";
import { timelineOf } from "./log.ts";
import { officersById } from "./people.ts";

const machines: Readonly<Record<string, string>> = { district: "区中心", desk: "本席位" };

/** TL-1, TL-2: the course of an event as a sheet and as plain text. A step that the district refused is not part of it. */
export function eventTimeline(desk: Desk, { id }: { id: string }): Answer<"event.timeline"> {
  const event = readEntity(desk.db, "event", id);
  if (!event) return fail(deskError("event.unknown"));
  const officers = officersById(desk.db);
  const nameOf = (by: string) => officers.get(by)?.name ?? machines[by] ?? "";
  const bonds = bondsOf(desk, event);
  // CF-3: what is confidential elsewhere does not come on paper by its bond to this one.
  const onPaper = ({ id: other }: { id: string }) => !readEntity(desk.db, "event", other)?.confidential;
  const [merged, links] = [bonds.merged.filter(onPaper), bonds.links.filter(onPaper)];
  const sheet = eventSheet({
    event,
    office: { streetName: desk.street.name, offsetMin: desk.tables.roster.offsetMin },
    category: categoryOf(desk, event.category)?.name ?? event.category,
    lines: timelineOf(desk, event)
      .filter(({ sync }) => sync.state !== "refused")
      .map(({ at, officerId, kind, action, text }) => ({ at, who: nameOf(officerId), kind, action, text: text.zh })),
    merged,
    links,
    nameOf,
    at: desk.ports.now(),
  });
  return ok({ fileName: `${event.number}_办理经过.txt`, text: sheetText(sheet), sheet });
}
