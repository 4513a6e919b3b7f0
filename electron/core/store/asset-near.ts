import type { AssetStatus } from "#shared/contract.ts";
import {
  codeOf,
  leafLevel,
  pointOf,
  tileAt,
  tileKey,
  tileOfKey,
  tileUnits,
  topLevel,
  unitOf,
} from "#shared/domain/asset/tiles.ts";
import {
  type Box,
  bearingDeg,
  boxAround,
  distanceM,
  distanceToBoxM,
  type LngLat,
  nearestPoint,
} from "#shared/lib/geo.ts";
import { geometryOf, type ShapeRow, shapesIn } from "./asset-shapes.ts";
import { cellWords, codeOfCell, kindCodes, placedIn, placeOfCell } from "./asset-tiles.ts";
import { tileAtKey, tilesIn } from "./asset-view.ts";
import { type Db, sql } from "./database.ts";

/** An asset seen from a point. `distanceM`: metres along the great circle; `bearing`: degrees from north, to its nearest point `at`. */
export interface Near {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: AssetStatus;
  readonly lng: number;
  readonly lat: number;
  readonly at: LngLat;
  readonly distanceM: number;
  readonly bearing: number;
}

type Todo =
  | { readonly is: "tile"; readonly far: number; readonly key: number }
  | { readonly is: "row"; readonly far: number; readonly row: number }
  | { readonly is: "asset"; readonly far: number; readonly asset: Near };

/** Places in a tile are known to a unit (0.3 m): nothing is nearer than its place there less this. */
const slackM = 0.6;

const boxOfUnits = (left: number, top: number, size: number): Box => {
  const [a, b] = [pointOf(left - 0.5, top - 0.5), pointOf(left + size - 0.5, top + size - 0.5)];
  return { west: a.lng, north: a.lat, east: b.lng, south: b.lat };
};

/**
 * The assets of a kind around a point, nearest first, for as long as somebody asks on. Best first over the pre-counted tiles:
 * what is far, or holds none of the kind, is never read, however many millions there are.
 */
export function* nearPoints(db: Db, from: LngLat, kind: string, farthestM: number): Generator<Near> {
  const no = kindCodes(db).indexOf(kind);
  if (no < 0) return;
  const wanted = new Set([0, 1, 2].map((status) => codeOf(no, status)));
  const todo = new Heap();
  const box = boxAround(from, farthestM);
  const [a, b] = [unitOf(box.west, box.north), unitOf(box.east, box.south)];
  const tiles = {
    left: tileAt(topLevel, a.x),
    top: tileAt(topLevel, a.y),
    right: tileAt(topLevel, b.x),
    bottom: tileAt(topLevel, b.y),
  };
  for (const { key } of tilesIn(db, topLevel, tiles)) todo.push({ is: "tile", far: 0, key });
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next.far > farthestM) return;
    if (next.is === "asset") yield next.asset;
    else if (next.is === "row") {
      const asset = assetOfRow(db, next.row, from);
      if (asset) todo.push({ is: "asset", far: asset.distanceM, asset });
    } else openTile(db, next.key, from, wanted, todo);
  }
}

function openTile(db: Db, key: number, from: LngLat, wanted: ReadonlySet<number>, todo: Heap): void {
  const { level, x, y } = tileOfKey(key);
  const words = tileAtKey(db, key);
  if (level === leafLevel) {
    for (const one of placedIn(key, words))
      if (wanted.has(one.code)) {
        const far = distanceM(from, pointOf(one.x, one.y)) - slackM;
        todo.push({ is: "row", far, row: one.row });
      }
    return;
  }
  const below = new Map<number, Box>();
  const side = tileUnits(level) / 4;
  for (let at = 0; at < words.length; at += cellWords) {
    const name = words[at] as number;
    if (!wanted.has(codeOfCell(name))) continue;
    const place = placeOfCell(name);
    const [cellX, cellY] = [x * 4 + (place & 3), y * 4 + (place >> 2)];
    // A cell is a tile two levels down; above the leaves it is a quarter of one.
    if (level + 2 <= leafLevel)
      below.set(tileKey(level + 2, cellX, cellY), boxOfUnits(cellX * side, cellY * side, side));
    else
      below.set(
        tileKey(leafLevel, cellX >> 1, cellY >> 1),
        boxOfUnits((cellX >> 1) * side * 2, (cellY >> 1) * side * 2, side * 2),
      );
  }
  for (const [child, box] of below) todo.push({ is: "tile", far: distanceToBoxM(from, box) - slackM, key: child });
}

function assetOfRow(db: Db, row: number, from: LngLat): Near | undefined {
  const asset = sql(db, "SELECT id, kind, name, status, lng, lat FROM asset_shown WHERE row = ?").get(row) as
    | Pick<Near, "id" | "kind" | "name" | "status" | "lng" | "lat">
    | undefined;
  return asset && seenFrom(from, asset, asset);
}

const seenFrom = (
  from: LngLat,
  asset: Pick<Near, "id" | "kind" | "name" | "status" | "lng" | "lat">,
  at: LngLat,
): Near => {
  const { id, kind, name, status, lng, lat } = asset;
  const point = { lng: at.lng, lat: at.lat };
  return {
    id,
    kind,
    name,
    status,
    lng,
    lat,
    at: point,
    distanceM: distanceM(from, point),
    bearing: bearingDeg(from, point),
  };
};

const firstRadiusM = 500;
/** More boxes than this around a point are not looked through for one kind. */
const mostShapes = 5000;

/** Lines and areas of a kind, nearest first by the nearest point of each; at least `count` of them if so many lie within `farthestM`. */
export function nearShapes(db: Db, from: LngLat, kind: string, count: number, farthestM: number): Near[] {
  for (let radiusM = Math.min(firstRadiusM, farthestM); ; radiusM = Math.min(radiusM * 3, farthestM)) {
    const near = shapesIn(db, boxAround(from, radiusM), [kind], mostShapes)
      .flatMap((shape: ShapeRow): Near[] => {
        const at = nearestPoint(geometryOf(shape), from);
        return at ? [seenFrom(from, shape, at)] : [];
      })
      .filter((one) => one.distanceM <= radiusM)
      .sort((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1));
    if (near.length >= count || radiusM >= farthestM) return near;
  }
}

/** What is nearest comes out first. */
class Heap {
  readonly #list: Todo[] = [];

  push(one: Todo): void {
    const list = this.#list;
    let at = list.length;
    list.push(one);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = list[up] as Todo;
      if (above.far <= one.far) break;
      list[at] = above;
      at = up;
    }
    list[at] = one;
  }

  pop(): Todo | undefined {
    const list = this.#list;
    const first = list[0];
    const last = list.pop();
    if (list.length === 0 || !last) return first;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      if (down >= list.length) break;
      if (down + 1 < list.length && (list[down + 1] as Todo).far < (list[down] as Todo).far) down++;
      if ((list[down] as Todo).far >= last.far) break;
      list[at] = list[down] as Todo;
      at = down;
    }
    list[at] = last;
    return first;
  }
}
