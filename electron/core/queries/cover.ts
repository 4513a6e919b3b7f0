import type { Cover, ParsedOf } from "#shared/contract.ts";
import type { Place } from "#shared/domain/duty-event/event.ts";
import { holdsPoint } from "#shared/lib/geo.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { geometryOf, readMore, type ShapeRow, shapesIn } from "../store/asset-shapes.ts";
import type { Db } from "../store/database.ts";

/** Who covers a point: its grid with head, worker and phone; `null` outside the known grids. */
export function coverOf({ db }: { readonly db: Db }, lng: number, lat: number): Cover | null {
  const at = { west: lng, east: lng, south: lat, north: lat };
  const grid = shapesIn(db, at, ["grid"], 50).find((shape) => holdsPoint(geometryOf(shape), { lng, lat }));
  if (!grid) return null;
  return coverFrom(db, grid);
}

/** What the row of a grid says of who covers it. */
export function coverFrom(db: Db, grid: Pick<ShapeRow, "id" | "name">): Cover {
  const { fields } = readMore(db, grid.id);
  const said = (code: string): string => (typeof fields[code] === "string" ? fields[code] : "");
  return {
    community: said("communityName"),
    grid: grid.name,
    head: said("headName"),
    worker: said("workerName"),
    phone: said("workerPhone"),
  };
}

export const cover = (desk: Desk, { lng, lat }: ParsedOf<"map.cover">): Answer<"map.cover"> =>
  ok({ cover: coverOf(desk, lng, lat) });

/** The place of a point as it is recorded: with community and grid, where they are known. */
export function placeAt(desk: Pick<Desk, "db">, point: { lng: number; lat: number }, text: string): Place {
  const cover = coverOf(desk, point.lng, point.lat);
  return { text: text.slice(0, 200), point, community: cover?.community ?? "", grid: cover?.grid ?? "" };
}
