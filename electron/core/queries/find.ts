import type { Found, ParsedOf } from "#shared/contract.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { Answer, Desk } from "../desk.ts";
import { asKnown } from "../session/seal.ts";
import { assetsNamed } from "../store/asset-names.ts";
import { readMore, shapesOfKind } from "../store/asset-shapes.ts";
import { type Db, sql } from "../store/database.ts";
import { readAll, readEntity } from "../store/entities.ts";
import { holdsTyped } from "../store/initials.ts";
import { valuesOf } from "../store/where.ts";
import { initialsQueryOf, queryOf } from "../store/words.ts";
import { inPortions } from "../turn.ts";
import { assetKindOf } from "./assets.ts";
import { soughtWords, startsOf, wholeNumber } from "./event-filter.ts";

const same = (text: string): Bilingual => ({ zh: text, en: text });
const besides = (text: string, { zh, en }: Bilingual): Bilingual => ({ zh: `${text} ${zh}`, en: `${text} ${en}` });

/** Events by words, and by the initials of title, place and caller; the newest first. */
function eventIds(db: Db, text: string, words: string, limit: number): string[] {
  const initials = initialsQueryOf(text);
  const starts = startsOf(text);
  const among = starts.map(({ text }) => ` AND ${text}`).join("");
  const sought = [
    ["duty_event_words", words] as const,
    ...(initials ? [["duty_event_initials", initials] as const] : []),
  ];
  const rows = sought.flatMap(
    ([table, query]) =>
      sql(
        db,
        `SELECT e.row, e.id FROM ${table} w JOIN duty_event e ON e.row = w.rowid WHERE ${table} MATCH ?${among} ORDER BY w.rowid DESC LIMIT ?`,
      )
        .raw()
        .all(query, ...valuesOf(starts), limit) as [number, string][],
  );
  return [...new Map(rows.sort(([one], [other]) => other - one)).values()].slice(0, limit);
}

export const find = (desk: Desk, asked: ParsedOf<"find">): Promise<Answer<"find">> =>
  inPortions(desk, findInPortions(desk, asked));

function* findInPortions(desk: Desk, asked: ParsedOf<"find">): Generator<void, { found: Found[] }> {
  const { limit } = asked;
  const text = wholeNumber(desk, asked.text);
  const typed = text.trim().toLowerCase();
  const words = queryOf(soughtWords(text));
  if (!typed || !words) return { found: [] };
  const ids = eventIds(desk.db, text, words, limit);
  const events = ids.flatMap((id): Found[] => {
    const whole = readEntity(desk.db, "event", id);
    const event = whole && asKnown(desk, whole);
    // CF-1: by its number alone, who lacks the right finds it, too.
    return event && (event === whole || event.number.toLowerCase().includes(typed))
      ? [
          {
            kind: "event",
            id,
            title: event.title,
            detail: besides(event.number, stateNames[event.state]),
            point: event.place.point,
          },
        ]
      : [];
  });
  const officers = readAll(desk.db, "officer")
    .filter(
      ({ name, phone, post }) =>
        holdsTyped(name, typed) || phone.replaceAll(" ", "").includes(typed) || post.includes(typed),
    )
    .map(
      ({ id, name, grade, phone }): Found => ({
        kind: "officer",
        id,
        title: name,
        detail: { zh: `${gradeNames[grade].zh} ${phone}`, en: `${gradeNames[grade].en} ${phone}` },
        point: null,
      }),
    );
  const places = ["community", "grid"].flatMap((kind) =>
    shapesOfKind(desk.db, kind).flatMap(({ id, name, lng, lat }): Found[] => {
      const { communityName, workerName } = readMore(desk.db, id).fields;
      const title = `${communityName ?? ""}${name}`;
      if (!holdsTyped(title, typed)) return [];
      return [{ kind: "place", id, title, detail: same(String(workerName ?? "")), point: { lng, lat } }];
    }),
  );
  const assets = (yield* assetsNamed(desk.db, typed, limit)).map(({ id, name, kind, lng, lat }): Found => {
    const row = assetKindOf(desk, kind);
    return { kind: "asset", id, title: name, detail: row?.name ?? same(kind), point: { lng, lat } };
  });
  // Each kind gets its share, so that a thousand cameras never hide the one person looked for.
  const share = Math.max(3, Math.floor(limit / 4));
  const first = [events, officers, places, assets].flatMap((part) => part.slice(0, share));
  const rest = [events, officers, places, assets].flatMap((part) => part.slice(share));
  return { found: [...first, ...rest].slice(0, limit) };
}
