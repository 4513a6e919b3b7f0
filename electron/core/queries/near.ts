import type { Near, ParsedOf } from "#shared/contract.ts";
import type { LngLat } from "#shared/lib/geo.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { type Near as Bare, nearPoints, nearShapes } from "../store/asset-near.ts";
import { readMore } from "../store/asset-shapes.ts";
import { assetKindOf } from "./assets.ts";
import { coverOf } from "./cover.ts";

/** More than this inside a radius are not listed one by one. */
const mostWithin = 100;

/** Who covers a point and what is near it, by the table of scenarios. */
export function near(desk: Desk, { lng, lat, scenario, category }: ParsedOf<"map.near">): Answer<"map.near"> {
  const { farthestM, rows: scenarios } = desk.tables.nearby;
  const chosen =
    scenarios.find(({ code }) => code === scenario) ??
    scenarios.find(({ categories }) => categories.includes(category)) ??
    scenarios.at(-1);
  const from = { lng, lat };
  const told = (rows: readonly Bare[]): Near[] =>
    rows.map((row) => ({ ...row, fields: { ...readMore(desk.db, row.id).fields } }));
  return ok({
    scenario: chosen?.code ?? "",
    cover: coverOf(desk, lng, lat),
    nearest: (chosen?.nearest ?? []).map(({ kind, count }) => ({
      kind,
      rows: told(nearestOf(desk, from, kind, count, farthestM)),
    })),
    within: (chosen?.within ?? []).map(({ kind, radiusM }) => {
      const rows = nearestOf(desk, from, kind, mostWithin + 1, radiusM);
      return { kind, radiusM, rows: told(rows.slice(0, mostWithin)), cut: rows.length > mostWithin };
    }),
  });
}

/** The `count` nearest of a kind, whether its row says points, lines or areas. */
function nearestOf(desk: Desk, from: LngLat, kind: string, count: number, farthestM: number): Bare[] {
  const geometry = assetKindOf(desk, kind)?.geometry;
  if (geometry === "line" || geometry === "area")
    return nearShapes(desk.db, from, kind, count, farthestM).slice(0, count);
  const found: Bare[] = [];
  for (const one of nearPoints(desk.db, from, kind, farthestM)) {
    found.push(one);
    if (found.length >= count) break;
  }
  return found;
}
