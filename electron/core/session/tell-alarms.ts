import type { Desk } from "../desk.ts";
import { alarmsAt } from "../queries/alarms.ts";
import { type Db, newsSoFar } from "../store/database.ts";

/** How late an alarm may be that time alone makes: a shift that ends, a limit that runs out. */
const lookEveryMs = 4_000;

interface Told {
  readonly alarms: string;
  readonly news: number;
  readonly at: number;
}
const told = new WeakMap<Db, Told>();

/** PS-11: looked at by the beat, so that no page has to ask again and again; the pages hear of it only when it differs. */
export function tellAlarms(desk: Desk, at: number): void {
  const before = told.get(desk.db);
  const news = newsSoFar(desk.db);
  if (before && news === before.news && Math.abs(at - before.at) < lookEveryMs) return;
  const alarms = JSON.stringify(alarmsAt(desk, at));
  told.set(desk.db, { alarms, news, at });
  if (before?.alarms !== alarms) desk.notify("presence");
}
