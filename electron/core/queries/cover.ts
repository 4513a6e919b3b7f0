import type { Cover, ParsedOf } from "#shared/contract.ts";
import type { Place } from "#shared/domain/duty-event/event.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { holds } from "../tables.ts";

/** Who covers a point: its grid with head, worker and phone; `null` outside the known grids. */
export function coverOf(desk: Pick<Desk, "places">, lng: number, lat: number): Cover | null {
  const grid = desk.places.areas.features.find(
    (area) => area.properties.level === "grid" && holds(area, lng, lat),
  )?.properties;
  if (!grid) return null;
  return {
    community: grid.communityName ?? "",
    grid: grid.name ?? "",
    head: grid.headName ?? "",
    worker: grid.workerName ?? "",
    phone: grid.workerPhone ?? "",
  };
}

export const cover = (desk: Desk, { lng, lat }: ParsedOf<"map.cover">): Answer<"map.cover"> =>
  ok({ cover: coverOf(desk, lng, lat) });

/** The place of a point as it is recorded: with community and grid, where they are known. */
export function placeAt(desk: Pick<Desk, "places">, point: { lng: number; lat: number }, text: string): Place {
  const cover = coverOf(desk, point.lng, point.lat);
  return { text: text.slice(0, 200), point, community: cover?.community ?? "", grid: cover?.grid ?? "" };
}
