import type { EventRow, Mark } from "#shared/contract.ts";
import { type ClockState, clockAt } from "#shared/domain/duty-event/clock.ts";

/** WGS 84, degrees. */
export interface Point {
  readonly lng: number;
  readonly lat: number;
}

/** What the canvas can draw and the hand can hit: an asset, a cluster of assets, an event. */
export type Pin =
  | { readonly type: "event"; readonly key: string; readonly point: Point; readonly row: EventRow }
  | {
      readonly type: "asset";
      readonly key: string;
      readonly point: Point;
      readonly mark: Mark & { id: string };
      /** As the canvas knows it: id and name are still to be asked for (`asset.rows`). */
      readonly row?: number;
    }
  | { readonly type: "cluster"; readonly key: string; readonly point: Point; readonly mark: Mark };

export function assetPins(marks: readonly Mark[]): Pin[] {
  return marks.map((mark) => {
    const point = { lng: mark.lng, lat: mark.lat };
    return mark.id === null || mark.count > 1
      ? { type: "cluster", key: `cluster:${mark.kind}:${mark.lng}:${mark.lat}`, point, mark }
      : { type: "asset", key: `asset:${mark.id}`, point, mark: { ...mark, id: mark.id } };
  });
}

export function eventPins(rows: readonly EventRow[]): Pin[] {
  return rows.flatMap((row) =>
    row.place.point ? [{ type: "event", key: `event:${row.id}`, point: row.place.point, row } as const] : [],
  );
}

const statusRank = { ok: 0, offline: 1, fault: 2 } as const;

const clockRank: Partial<Record<ClockState, number>> = { stopped: -5, soon: 10, late: 20 };

/** What is drawn later lies on top: news over normal, events over everything, a late one over all others. */
export function paintRank(pin: Pin, now: number): number {
  if (pin.type === "event")
    return (
      10 + { normal: 0, urgent: 1, critical: 2 }[pin.row.level] + (clockRank[clockAt(pin.row.clock, now).state] ?? 0)
    );
  return statusRank[pin.mark.status] + (pin.type === "cluster" ? 3 : 0);
}

export interface Placed {
  readonly pin: Pin;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Pins under the pointer, the topmost first. `placed` is in painting order; screen pixels. Some slack is added,
 * because a hand at 03:00 is not a fine instrument.
 */
export function hitAt(placed: readonly Placed[], x: number, y: number, slack = 4): Pin[] {
  const hits: Pin[] = [];
  for (let i = placed.length - 1; i >= 0; i--) {
    const one = placed[i];
    if (!one) continue;
    const reach = one.radius + slack;
    if (Math.abs(one.x - x) <= reach && Math.abs(one.y - y) <= reach) hits.push(one.pin);
  }
  return hits;
}

/** Order of the list beside the map: events by urgency as they came, then what is broken, then the rest, nearest first. */
export function listOrder(pins: readonly Pin[], centre: Point): Pin[] {
  const near = (pin: Pin) => (pin.point.lng - centre.lng) ** 2 + (pin.point.lat - centre.lat) ** 2;
  const group = (pin: Pin) => (pin.type === "event" ? 0 : pin.mark.status === "ok" ? 2 : 1);
  return pins
    .map((pin) => ({ pin, group: group(pin), near: pin.type === "event" ? 0 : near(pin) }))
    .sort((a, b) => a.group - b.group || a.near - b.near)
    .map((one) => one.pin);
}

export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export const within = (bounds: Bounds, point: Point): boolean =>
  point.lng >= bounds.west && point.lng <= bounds.east && point.lat >= bounds.south && point.lat <= bounds.north;

/** The view with a margin on each side, snapped to a coarse raster, so that a small pan asks nothing new. */
export function askBounds(view: Bounds, margin = 0.3): Bounds {
  const step = Math.max(view.east - view.west, view.north - view.south) * 0.25 || 0.001;
  const dx = (view.east - view.west) * margin;
  const dy = (view.north - view.south) * margin;
  const down = (value: number) => Number((Math.floor(value / step) * step).toFixed(6));
  const up = (value: number) => Number((Math.ceil(value / step) * step).toFixed(6));
  return {
    west: down(view.west - dx),
    south: down(view.south - dy),
    east: up(view.east + dx),
    north: up(view.north + dy),
  };
}

/** Bounds of everything in a GeoJSON value, however deep its coordinates lie. */
export function boundsOf(geojson: unknown): Bounds | undefined {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) {
      if (value && typeof value === "object") {
        const { coordinates, geometry, features, geometries } = value as Record<string, unknown>;
        for (const inner of [coordinates, geometry, features, geometries]) if (inner) walk(inner);
      }
      return;
    }
    const [lng, lat] = value as unknown[];
    if (typeof lng === "number" && typeof lat === "number") {
      west = Math.min(west, lng);
      east = Math.max(east, lng);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    } else for (const inner of value) walk(inner);
  };
  walk(geojson);
  return west <= east ? { west, south, east, north } : undefined;
}
