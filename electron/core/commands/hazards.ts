import type { ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { dayOf, instantOf } from "#shared/lib/time.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { placeAt } from "../queries/cover.ts";
import { nextNumber, readMeta } from "../store/meta.ts";

/** What people say on the phone, told apart from events by its letters: 隐患 and day, desk letter, running number. */
export function hazardNumber(desk: Pick<Desk, "db" | "tables">, at: number): string {
  const day = dayOf(at, desk.tables.roster.offsetMin).replaceAll("-", "");
  const running = String(nextNumber(desk.db, `number:YH${day}`)).padStart(3, "0");
  return `YH${day}-${readMeta(desk.db, "letter") ?? "A"}${running}`;
}

/** The end of a day: until then rectifying is in time. */
export const endOfDay = (desk: Pick<Desk, "tables">, dueOn: string): number =>
  instantOf(dueOn, 24 * 60, desk.tables.roster.offsetMin);

export function reportHazard(desk: Desk, { dueOn, ...input }: ParsedOf<"hazard.report">): Answer<"hazard.report"> {
  const { point, grid, text } = input.place;
  const place = point && !grid ? placeAt(desk, point, text) : input.place;
  const done = act(desk, "hazard.report", () => ({
    hazardId: newId(desk.ports),
    given: {
      ...input,
      place,
      number: hazardNumber(desk, desk.ports.now()),
      dueAt: endOfDay(desk, dueOn),
      sample: false,
    },
  }));
  return done.ok ? ok({ hazard: done.value.state }) : done;
}

export function actOnHazard(desk: Desk, { id, action, given }: ParsedOf<"hazard.act">): Answer<"hazard.act"> {
  const done = act(desk, "hazard.act", { hazardId: id, action, given });
  return done.ok ? ok({ hazard: done.value.state }) : done;
}
