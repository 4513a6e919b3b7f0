import type { Asset, Mark, ParsedOf } from "#shared/contract.ts";
import {
  codeOf,
  kindOfCode,
  leafLevel,
  levelFor,
  pointOf,
  statusOfCode,
  tileOfKey,
  tileUnits,
  unitInCell,
  unitOf,
} from "#shared/domain/asset/tiles.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import {
  cellWords,
  codeOfCell,
  countsOfLeaf,
  kindCodes,
  leafWords,
  placeOfCell,
  statusName,
} from "../store/asset-tiles.ts";
import { cellOf, countIn, type Gathered, type Rect, tilesIn, type Wanted, walkUnits } from "../store/asset-view.ts";
import { type Db, sql } from "../store/database.ts";
import { Int32List } from "../store/int32-list.ts";

/** More assets than this in one view are drawn as clusters. */
const mostMarks = 2000;
/** A tile with no more than this brings its assets along with its counts. */
const fewInTile = 500;
/** No more single assets than this from one tile, whatever was asked: beyond, its counts must do. */
const mostInTile = 20_000;

interface Filter {
  readonly kinds?: readonly string[] | undefined;
  readonly statuses?: readonly Asset["status"][] | undefined;
}

/** The codes that a filter lets through; `undefined` without a filter. */
function wantedBy(kinds: readonly string[], filter: Filter): Wanted {
  if (!filter.kinds && !filter.statuses) return undefined;
  const numbers = [0, 1, 2].filter((no) => !filter.statuses || filter.statuses.includes(statusName(no)));
  return new Set(
    kinds.flatMap((kind, no) =>
      !filter.kinds || filter.kinds.includes(kind) ? numbers.map((s) => codeOf(no, s)) : [],
    ),
  );
}

export function viewport(desk: Desk, input: ParsedOf<"asset.viewport">): Answer<"asset.viewport"> {
  const { db } = desk;
  const kinds = kindCodes(db);
  const wanted = wantedBy(kinds, input);
  const [topLeft, bottomRight] = [unitOf(input.west, input.north), unitOf(input.east, input.south)];
  const units = { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
  // Beyond the leaf there is nothing to count: a crowd is still gathered by the cells above it.
  const level = Math.min(leafLevel - 1, levelFor(input.zoom));
  const cells = new Map<string, Gathered & { worst: number }>();
  const byKind: Record<string, number> = {};
  const byStatus = { ok: 0, fault: 0, offline: 0 };
  const rows: number[] = [];
  let total = 0;
  const gather = (one: Gathered) => {
    const kind = kindOfCode(one.code);
    const status = statusOfCode(one.code);
    total += one.count;
    byKind[kinds[kind] ?? ""] = (byKind[kinds[kind] ?? ""] ?? 0) + one.count;
    byStatus[statusName(status)] += one.count;
    const name = `${cellOf(level, one)} ${kind}`;
    const before = cells.get(name);
    const count = (before?.count ?? 0) + one.count;
    const mean = (old: number | undefined, next: number) =>
      ((old ?? 0) * (count - one.count) + next * one.count) / count;
    cells.set(name, {
      count,
      code: codeOf(kind, 0),
      x: mean(before?.x, one.x),
      y: mean(before?.y, one.y),
      worst: Math.max(before?.worst ?? 0, worstFirst.indexOf(statusName(status))),
    });
  };
  if (units.left <= units.right && units.top <= units.bottom)
    walkUnits(db, level, units, wanted, false, { counted: gather, single: (one) => gather({ ...one, count: 1 }) });
  if (total <= mostMarks && total > 0)
    walkUnits(db, level, units, wanted, true, { counted: () => {}, single: ({ row }) => rows.push(row) });
  const marks =
    total <= mostMarks
      ? marksOf(db, rows)
      : [...cells.values()].map((cell): Mark => {
          const status = worstFirst[cell.worst] ?? "ok";
          return {
            id: null,
            name: null,
            kind: kinds[kindOfCode(cell.code)] ?? "",
            status,
            ...pointOf(cell.x, cell.y),
            count: cell.count,
          };
        });
  return ok({ total, marks, byKind, byStatus });
}

/** Who the assets of these rows are; one that is gone is left out. */
export function assetRows({ db }: Desk, { rows }: ParsedOf<"asset.rows">): Answer<"asset.rows"> {
  const read = sql(db, "SELECT id, name, kind, status, lng, lat, 1 AS count FROM asset_shown WHERE row = ?");
  return ok({
    assets: rows.flatMap((row) => {
      const mark = read.get(row) as Mark | undefined;
      return mark ? [{ row, mark }] : [];
    }),
  });
}

const worstFirst = ["ok", "offline", "fault"] as const;

function marksOf(db: Db, rows: readonly number[]): Mark[] {
  const read = sql(db, "SELECT id, name, kind, status, lng, lat, 1 AS count FROM asset WHERE row = ?");
  return [...rows].sort((a, b) => a - b).map((row) => read.get(row) as Mark);
}

/** Whole tiles as the page keeps them: counts of their cells, and their assets where these are few or asked for. */
export function assetTiles({ db }: Desk, { level, keys, singles }: ParsedOf<"asset.tiles">): Answer<"asset.tiles"> {
  const kinds = kindCodes(db);
  const wanted = singles && wantedBy(kinds, singles);
  const words = new Int32List();
  const asked = new Set(keys.filter((key) => tileOfKey(key).level === level));
  for (const rect of rectsOf(asked)) {
    for (const { key, words: tile } of tilesIn(db, level, rect)) {
      if (!asked.delete(key)) continue;
      putTile(db, words, key, tile, singles ? { wanted } : undefined);
    }
  }
  // An empty tile is an answer too: the page need not ask again.
  for (const key of asked) {
    const { x, y } = tileOfKey(key);
    words.push(x, y, 0, 0);
  }
  return ok({ kinds, words: words.all().slice() });
}

/** Runs of tiles of one row, so that each is one read. */
function rectsOf(keys: ReadonlySet<number>): Rect[] {
  const rects: { left: number; top: number; right: number; bottom: number }[] = [];
  for (const key of [...keys].sort((a, b) => a - b)) {
    const { x, y } = tileOfKey(key);
    const last = rects.at(-1);
    if (last && last.top === y && last.right === x - 1) last.right = x;
    else rects.push({ left: x, top: y, right: x, bottom: y });
  }
  return rects;
}

const nothing = new Int32Array(0);

function putTile(db: Db, words: Int32List, key: number, tile: Int32Array, asked: { wanted: Wanted } | undefined): void {
  const { level, x, y } = tileOfKey(key);
  const head = words.length;
  words.push(x, y, 0, 0);
  const leaf = level === leafLevel;
  const few = leaf && tile.length / leafWords <= fewInTile && !asked;
  // A leaf with few assets brings them alone; a crowded one is counted here and now.
  const counts = few ? nothing : leaf ? countsOfLeaf(key, tile) : tile;
  for (let at = 0; at < counts.length; at += cellWords) {
    const name = counts[at] as number;
    const place = placeOfCell(name);
    const count = counts[at + 1] as number;
    const inCell = (cell: number, sum: number) => unitInCell(level, cell, sum / count);
    words.push(
      inCell(x * 4 + (place & 3), counts[at + 2] as number),
      inCell(y * 4 + (place >> 2), counts[at + 3] as number),
      codeOfCell(name),
      count,
    );
  }
  words.set(head + 2, counts.length / cellWords);
  const wanted = asked?.wanted;
  const count = countIn(key, tile, wanted);
  if (count > (asked ? mostInTile : fewInTile)) {
    words.set(head + 3, -1);
    return;
  }
  const size = tileUnits(level);
  const units = { left: x * size, top: y * size, right: (x + 1) * size - 1, bottom: (y + 1) * size - 1 };
  walkUnits(db, level, units, wanted, true, {
    counted: () => {},
    single: (one) => words.push(one.x, one.y, one.code, one.row),
  });
  words.set(head + 3, count);
}
