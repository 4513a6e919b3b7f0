import { useEffect, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { whenIdle } from "#renderer/parts/when-idle.ts";
import { levelFor, unitOf } from "#shared/domain/asset/tiles.ts";
import { keysIn, pixelsPerUnit, type UnitView } from "./asset-field.ts";
import { type Bounds, boundsOf } from "./marks.ts";
import { pageTiles } from "./tile-cache.ts";

/** Of the map place: what stands beside the map, and the quarter steps of its zoom. */
const sidePx = 340;
const zoomStep = 4;
/** Between what the map shows and its edge, when it shows a whole area. */
export const fitPaddingPx = 16;

/** The ground of the map, and the tiles that it opens with, are asked for while nobody waits: the map opens with both. */
export function useMapAhead(): void {
  const [idle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  const street = useDesk("map.base", {}, { enabled: idle }).data?.street;
  useEffect(() => {
    const bounds = boundsOf(street);
    const place = document.querySelector("main.place");
    if (!bounds || !place) return;
    const asked = requestIdleCallback(() => {
      const view = viewOfWhole(bounds, place.clientWidth - sidePx, place.clientHeight);
      pageTiles.ahead(keysIn(levelFor(view.zoom), view, 0));
    });
    return () => cancelIdleCallback(asked);
  }, [street]);
}

/** What a map of this size shows when it shows the whole of an area, the same as Leaflet's `fitBounds` does; size in px. */
export function viewOfWhole({ west, south, east, north }: Bounds, width: number, height: number): UnitView {
  const [least, most] = [unitOf(west, north), unitOf(east, south)];
  const inside = Math.min(
    (width - 2 * fitPaddingPx) / (most.x - least.x),
    (height - 2 * fitPaddingPx) / (most.y - least.y),
  );
  const zoom = Math.floor(Math.log2(inside / pixelsPerUnit(0)) * zoomStep) / zoomStep;
  const perUnit = pixelsPerUnit(zoom);
  const [x, y] = [(least.x + most.x) / 2, (least.y + most.y) / 2];
  const [dx, dy] = [width / 2 / perUnit, height / 2 / perUnit];
  return {
    left: Math.floor(x - dx),
    top: Math.floor(y - dy),
    right: Math.floor(x + dx),
    bottom: Math.floor(y + dy),
    zoom,
  };
}
