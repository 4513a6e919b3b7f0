import { type OutputOf, type WallAlarm, type WallNow, type WallRow, wallMost } from "#shared/contract.ts";
import { forTheRoom } from "#shared/domain/duty-event/for-the-room.ts";
import { layeredGaps } from "#shared/domain/roster/layers.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { type Db, sql } from "../store/database.ts";
import { type EventLine, linesAt, rowsOfIds } from "../store/event-line.ts";
import { rosterBetween } from "../store/layers.ts";
import { inPortions } from "../turn.ts";
import { alarmPortions } from "./alarms.ts";
import { totalOf } from "./event-tally.ts";
import { countEvents, pressingEvents } from "./events.ts";
import { closedBetween } from "./handover-record.ts";
import { mapBase } from "./map.ts";
import { shiftsAround } from "./people.ts";
import { warningsAt } from "./warnings.ts";
import { handingOver } from "./watch.ts";

/** WL-1, WL-2: what the whole room reads. It never asks who is signed in. */
export const wallNow = (desk: Desk): Promise<Answer<"wall.now">> => inPortions(desk, glance(desk));

function* glance(desk: Desk): Generator<void, WallNow> {
  const { db } = desk;
  const at = desk.ports.now();
  const rules = desk.tables.roster;
  const { current } = shiftsAround(db, rules, at);
  const gaps = layeredGaps(rosterBetween(db, rules, at, at + 1), at, at + 1).map(({ role }) => role);
  yield;
  const rows = wallRows(desk, pressingEvents(db, at, { limit: wallMost, rest: true }));
  yield;
  const alarms = (yield* alarmPortions(desk, at)).filter(({ acknowledged }) => acknowledged === null);
  const first = new Map(
    wallRows(
      desk,
      rowsOfIds(
        db,
        alarms.flatMap(({ eventId }) => eventId ?? []),
      ),
    ).map((row) => [row.id, row]),
  );
  yield;
  const handing = handingOver(desk, at);
  return {
    at,
    streetName: desk.street.name,
    sample: desk.sample,
    shift: current && {
      name: current.name,
      startAt: current.startAt,
      endAt: current.endAt,
      people: current.people.map(({ role, name }) => ({ role, name })),
    },
    gaps: [...new Set(gaps)],
    handing: handing && { dueAt: handing.dueAt, responsible: handing.responsible },
    counts: {
      ...openCounts(desk, at),
      today: totalOf(desk, "today"),
      shift: totalOf(desk, "shift"),
      closed: current ? closedBetween(db, current.startAt, at).length : 0,
    },
    rows,
    alarms: alarms.map(({ kind, level, sinceAt, count, names, roles, to, eventLevel, said, eventId }): WallAlarm => {
      const event = (eventId !== null && first.get(eventId)) || null;
      return {
        kind,
        level,
        sinceAt,
        count,
        // Names of what is about events are titles, as the officer at the desk may read them.
        names: ofPeople.has(kind) ? names : [],
        roles,
        to,
        eventLevel,
        said,
        event: event && { number: event.number, title: event.title, confidential: event.confidential },
      };
    }),
    warnings: warningsAt(db, at).map(({ id, level, title, toAt }) => ({ id, level, title, toAt })),
  };
}

/** Alarms that name people of the duty roster. */
const ofPeople: ReadonlySet<WallAlarm["kind"]> = new Set<WallAlarm["kind"]>(["handover", "absent", "relief"]);

function openCounts(desk: Desk, at: number): Pick<WallNow["counts"], "open" | "late" | "dueSoon"> {
  const { open, late, dueSoon } = countEvents(desk.db, at);
  return { open, late, dueSoon };
}

function wallRows({ db }: Desk, rows: readonly number[]): WallRow[] {
  // CF-1 with nobody's right: each confidential one comes as it was sealed.
  const lines = linesAt(db, rows, () => false);
  const callers = callersOf(
    db,
    lines.map(({ id }) => id),
  );
  return lines.map((line) => rowOf(line, callers.get(line.id) ?? ""));
}

/** Who called, by the ids of events: of all at once, as nothing else of them is needed. */
const callersOf = (db: Db, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    sql(
      db,
      `SELECT id, state ->> '$.callerName' FROM entity WHERE kind = 'event' AND id IN (SELECT value FROM json_each(?))`,
    )
      .raw()
      .all(JSON.stringify(ids)) as [id: string, callerName: string][],
  );

/** Named field by field: what a line says one day besides does not come to the wall by itself. */
function rowOf(line: EventLine, callerName: string): WallRow {
  const { id, number, level, state, confidential, clock, partyDueAt } = line;
  const bare = { id, number, level, state, confidential, clock, partyDueAt };
  // Who handles it would say of a confidential one what kind it is.
  if (confidential) return { ...bare, title: "", place: "", point: null, lead: "" };
  const { text, community, grid, point } = line.place;
  return {
    ...bare,
    title: forTheRoom(line.title, callerName),
    place: forTheRoom(text || [community, grid].filter(Boolean).join(" "), callerName),
    point,
    lead: line.lead?.name ?? "",
  };
}

/** The outlines under its map. Of a community no more than its name: its other fields say who can be called. */
export function wallGround(desk: Desk): Answer<"wall.ground"> {
  const base = mapBase(desk);
  if (!base.ok) return base;
  const { district, street, areas } = base.value;
  const { features } = areas as { features: { properties: { level: string; name: string }; geometry: unknown }[] };
  return ok({
    district,
    street,
    areas: {
      type: "FeatureCollection",
      features: features
        .filter(({ properties }) => properties.level === "community")
        .map(({ properties: { level, name }, geometry }) => ({
          type: "Feature",
          properties: { level, name },
          geometry,
        })),
    },
  } satisfies OutputOf<"wall.ground">);
}
