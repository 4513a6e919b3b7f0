import type { Found, ParsedOf } from "#shared/contract.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { asKnown } from "../session/seal.ts";
import { readMore, shapesOfKind } from "../store/asset-shapes.ts";
import { sql } from "../store/database.ts";
import { readAll, readEntity } from "../store/entities.ts";
import { initialsOf } from "../store/initials.ts";
import { queryOf } from "../store/words.ts";
import { wholeNumber } from "./event-filter.ts";

/** Whether `text` holds the words as typed, or as the initials of its pinyin (`zsl` finds 中山路). */
function matches(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed) || (/^[a-z]{2,}$/.test(typed) && initialsOf(text).includes(typed));
}

export function find(desk: Desk, asked: ParsedOf<"find">): Answer<"find"> {
  const { limit } = asked;
  const text = wholeNumber(desk, asked.text);
  const typed = text.trim().toLowerCase();
  const words = queryOf(text);
  if (!typed || !words) return ok({ found: [] });
  const ids = sql(
    desk.db,
    `SELECT e.id FROM duty_event_words w JOIN duty_event e ON e.row = w.rowid WHERE duty_event_words MATCH ? ORDER BY w.rowid DESC LIMIT ?`,
  )
    .pluck()
    .all(words, limit) as string[];
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
            detail: `${event.number} ${stateNames[event.state].zh}`,
            point: event.place.point,
          },
        ]
      : [];
  });
  const officers = readAll(desk.db, "officer")
    .filter(
      ({ name, phone, post }) =>
        matches(name, typed) || phone.replaceAll(" ", "").includes(typed) || post.includes(typed),
    )
    .map(
      ({ id, name, grade, phone }): Found => ({
        kind: "officer",
        id,
        title: name,
        detail: `${gradeNames[grade].zh} ${phone}`,
        point: null,
      }),
    );
  const places = ["community", "grid"].flatMap((kind) =>
    shapesOfKind(desk.db, kind).flatMap(({ id, name, lng, lat }): Found[] => {
      const { communityName, workerName } = readMore(desk.db, id).fields;
      const title = `${communityName ?? ""}${name}`;
      if (!matches(title, typed)) return [];
      return [{ kind: "place", id, title, detail: String(workerName ?? ""), point: { lng, lat } }];
    }),
  );
  const like = `%${typed.replace(/[\\%_]/g, "\\$&")}%`;
  const assets = ["asset_shown", "asset_shape"]
    .flatMap((table) => assetsLike(desk, table, like, limit))
    .filter(({ kind }) => kind !== "community" && kind !== "grid")
    .map(({ id, name, kind, lng, lat }): Found => {
      const row = desk.tables.assetKinds.rows.find(({ code }) => code === kind);
      return { kind: "asset", id, title: name, detail: row?.name.zh ?? kind, point: { lng, lat } };
    });
  // Each kind gets its share, so that a thousand cameras never hide the one person looked for.
  const share = Math.max(3, Math.floor(limit / 4));
  const first = [events, officers, places, assets].flatMap((part) => part.slice(0, share));
  const rest = [events, officers, places, assets].flatMap((part) => part.slice(share));
  return ok({ found: [...first, ...rest].slice(0, limit) });
}

interface NamedAsset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lng: number;
  readonly lat: number;
}

const assetsLike = (desk: Desk, table: string, like: string, limit: number): NamedAsset[] =>
  sql(
    desk.db,
    `SELECT id, name, kind, lng, lat FROM ${table} WHERE name LIKE @like ESCAPE '\\' OR id LIKE @like ESCAPE '\\' LIMIT @limit`,
  ).all({ like, limit }) as NamedAsset[];
