import type { Cover, FoundPlace, ParsedOf, Thought } from "#shared/contract.ts";
import { type DutyEvent, isOpen, type Place } from "#shared/domain/duty-event/event.ts";
import { responsibleFor } from "#shared/domain/table/use.ts";
import { distanceM } from "#shared/lib/geo.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import { limitsNow } from "../commands/events.ts";
import type { Answer, Desk } from "../desk.ts";
import { mayKnow } from "../session/seal.ts";
import { assetsNamed } from "../store/asset-names.ts";
import { shapesOfKind } from "../store/asset-shapes.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { holdsTyped } from "../store/initials.ts";
import { initialsQueryOf, queryOf } from "../store/words.ts";
import { inPortions } from "../turn.ts";
import { assetKindOf } from "./assets.ts";
import { categoriesFor, categoryOf } from "./categories.ts";
import { coverFrom, coverOf } from "./cover.ts";
import { rowsOf } from "./events.ts";

type Asked = ParsedOf<"intake.think">;

/** Hits that are looked through for one that is meant; the newest count. */
const lookedThrough = 200;
const shownMost = 3;

export function think(desk: Desk, asked: Asked): Answer<"intake.think"> {
  const { tables } = desk;
  const categories = categoriesFor(desk, asked.text);
  const code = asked.category || categories[0]?.code || "";
  const row = categoryOf(desk, code);
  const level = asked.level || row?.level || "normal";
  const { point } = asked.place;
  const named = point || asked.place.community ? null : namedIn(desk, `${asked.place.text} ${asked.text}`);
  const given: Place = { ...asked.place, ...named };
  const cover = point ? coverOf(desk, point.lng, point.lat) : coverOfGrid(desk, given);
  const place: Place = {
    ...given,
    community: given.community || (cover?.community ?? ""),
    grid: given.grid || (cover?.grid ?? ""),
  };
  const listed = responsibleFor(tables.responsibility.rows, code, place);
  const thought: Thought = {
    categories,
    level,
    named,
    cover,
    responsible: listed && {
      lead: listed.lead,
      coHandlers: [...listed.coHandlers],
      row: listed.place,
      label: tables.responsibility.label,
    },
    limitMin: row ? limitsNow(desk, code, level, desk.ports.now()).limitMin : null,
    caller: callerHistory(desk, asked.phone),
    duplicates: code ? sameMatter(desk, code, place) : [],
    relapses: row ? relapsesAt(desk, code, row.relapseDays, place) : [],
  };
  return ok(thought);
}

/** The grids whose names pass, each with its community and who covers it; only those are read whole. */
const gridsNamed = (db: Db, passes: (name: string) => boolean): (Cover & { readonly id: string })[] =>
  shapesOfKind(db, "grid")
    .filter(({ name }) => passes(name))
    .map((grid) => ({ id: grid.id, ...coverFrom(db, grid) }));

/** IN-7: the community that the words name, the longest where several do, and its grid where they name that too. */
function namedIn({ db }: Desk, words: string): Thought["named"] {
  const inWords = (name: string) => name !== "" && words.includes(name);
  const community = shapesOfKind(db, "community")
    .map(({ name }) => name)
    .filter(inWords)
    .sort((a, b) => b.length - a.length)[0];
  if (!community) return null;
  const grid = gridsNamed(db, inWords).find((one) => one.community === community);
  return { community, grid: grid?.grid ?? "" };
}

/** Who covers a grid that was named instead of a point. */
function coverOfGrid({ db }: Desk, { community, grid }: Place): Cover | null {
  if (!grid) return null;
  const found = gridsNamed(db, (name) => name === grid).find((one) => !community || one.community === community);
  if (!found) return null;
  const { id, ...cover } = found;
  return cover;
}

const digits = (phone: string): string => phone.replace(/\D/g, "");

/** IN-2: events of the same number, open ones first, then the newest. */
function callerHistory(desk: Desk, phone: string): Thought["caller"] {
  const wanted = digits(phone);
  if (wanted.length < 7) return { rows: [], total: 0 };
  // As it is typed, or as the digits alone: a number is written in one of the two.
  const words = `${queryOf(phone)} OR ${queryOf(wanted)}`;
  const ids = sql(
    desk.db,
    `SELECT e.id FROM duty_event_words w JOIN duty_event e ON e.row = w.rowid WHERE duty_event_words MATCH ?
     ORDER BY w.rowid DESC LIMIT ?`,
  )
    .pluck()
    .all(words, lookedThrough) as string[];
  const own = eventsOf(desk, ids).filter((event) => digits(event.callerPhone) === wanted && mayKnow(desk, event));
  const open = own.filter(({ state }) => isOpen(state));
  const ended = own.filter(({ state }) => !isOpen(state));
  return {
    rows: rowsOf(desk, idsOf([...open, ...ended].slice(0, desk.tables.intake.historyMost))),
    total: own.length,
  };
}

const idsOf = (events: readonly DutyEvent[]): string[] => events.map(({ id }) => id);
const eventsOf = (desk: Desk, ids: readonly string[]): DutyEvent[] =>
  ids.flatMap((id) => readEntity(desk.db, "event", id) ?? []);

const bare = (text: string): string => text.replace(/[\s\uff0c,。、]/gu, "");

/** Whether two places are one: near enough, the same words, or the same grid where nobody said more. */
export function samePlace(a: Place, b: Place, withinM: number): boolean {
  if (a.point && b.point) return distanceM(a.point, b.point) <= withinM;
  const [one, other] = [bare(a.text), bare(b.text)];
  if (one.length >= 2 && other.length >= 2 && (one.includes(other) || other.includes(one))) return true;
  return a.grid !== "" && a.grid === b.grid && a.community === b.community && (one === "" || other === "");
}

/** IN-3: open events of the category close by. */
function sameMatter(desk: Desk, category: string, place: Place): Thought["duplicates"] {
  const ids = sql(
    desk.db,
    "SELECT id FROM duty_event WHERE open = 1 AND category = ? ORDER BY reported_at DESC LIMIT ?",
  )
    .pluck()
    .all(category, lookedThrough) as string[];
  const near = eventsOf(desk, ids).filter(
    (event) => mayKnow(desk, event) && samePlace(event.place, place, desk.tables.intake.nearM),
  );
  return rowsOf(desk, idsOf(near.slice(0, shownMost)));
}

/** IN-4: what was closed at the same place no longer ago than the category's days, the latest first. */
function relapsesAt(desk: Desk, category: string, within: number, place: Place): Thought["relapses"] {
  const now = desk.ports.now();
  const ids = sql(
    desk.db,
    // The plus keeps the index of the category: along that of what is ended, a rare one is looked for through all the years.
    "SELECT id FROM duty_event WHERE category = ? AND +open = 0 ORDER BY reported_at DESC, row DESC LIMIT ?",
  )
    .pluck()
    .all(category, lookedThrough) as string[];
  const again = eventsOf(desk, ids).filter((event) => {
    if (event.state !== "closed" || event.closedAt === null || now - event.closedAt > within * dayMs) return false;
    return mayKnow(desk, event) && samePlace(event.place, place, desk.tables.intake.sameM);
  });
  const daysSince = (closedAt: number | null) => Math.max(0, Math.floor((now - (closedAt ?? now)) / dayMs));
  return rowsOf(desk, idsOf(again.slice(0, shownMost))).map((row) => ({ row, days: daysSince(row.closedAt), within }));
}

/** IN-5. */
export const findPlaces = (desk: Desk, asked: ParsedOf<"intake.places">): Promise<Answer<"intake.places">> =>
  inPortions(desk, placesInPortions(desk, asked));

function* placesInPortions(
  desk: Desk,
  { text, limit }: ParsedOf<"intake.places">,
): Generator<void, { places: FoundPlace[] }> {
  const typed = text.trim().toLowerCase();
  if (!typed) return { places: [] };
  const areas = [
    ...shapesOfKind(desk.db, "community").map(({ id, name }) => ({
      id,
      community: name,
      grid: "",
      head: "",
      worker: "",
    })),
    ...gridsNamed(desk.db, () => true),
  ].flatMap(({ id, community, grid, head, worker }): FoundPlace[] => {
    const title = `${community}${grid}`;
    if (!holdsTyped(title, typed)) return [];
    const detail = [head, worker].filter(Boolean).join(" ");
    return [{ kind: grid ? "grid" : "community", id, title, detail, point: null, community, grid }];
  });
  const assets = (yield* assetsNamed(desk.db, typed, limit)).map(({ id, name, kind, lng, lat }): FoundPlace => {
    const kindName = assetKindOf(desk, kind)?.name.zh ?? kind;
    return {
      kind: "asset",
      id,
      title: name,
      detail: `${kindName} ${id}`,
      point: { lng, lat },
      community: "",
      grid: "",
    };
  });
  const share = Math.max(3, Math.floor(limit / 3));
  const parts = [addressesLike(desk, typed), areas, assets];
  const first = parts.flatMap((part) => part.slice(0, share));
  return { places: [...first, ...parts.flatMap((part) => part.slice(share))].slice(0, limit) };
}

/** Addresses of earlier events, each once. */
function addressesLike(desk: Desk, typed: string): FoundPlace[] {
  const initials = initialsQueryOf(typed);
  const words = queryOf(typed);
  const search = (table: string, query: string) =>
    sql(
      desk.db,
      `SELECT e.id FROM ${table} w JOIN duty_event e ON e.row = w.rowid WHERE ${table} MATCH ? ORDER BY w.rowid DESC LIMIT 60`,
    )
      .pluck()
      .all(query) as string[];
  const ids = [
    ...(words ? search("duty_event_words", words) : []),
    ...(initials ? search("duty_event_initials", initials) : []),
  ];
  const seen = new Map<string, FoundPlace>();
  for (const event of eventsOf(desk, ids)) {
    const { text, point, community, grid } = event.place;
    if (!text || seen.has(text) || !mayKnow(desk, event) || !holdsTyped(text, typed)) continue;
    const detail = [community, grid].filter(Boolean).join(" ");
    seen.set(text, { kind: "address", id: event.id, title: text, detail, point, community, grid });
  }
  return [...seen.values()];
}
