import { boundsOf, type Point } from "./marks.ts";

/** A quiet name on the map, shown from a zoom on. */
export interface Label {
  readonly text: string;
  readonly point: Point;
  readonly fromZoom: number;
  readonly weight: "area" | "grid";
}

interface Feature {
  readonly properties?: { readonly level?: string; readonly name?: string } | null;
  readonly geometry?: unknown;
}

export const featuresOf = (geojson: unknown): readonly Feature[] => {
  const features = (geojson as { features?: unknown } | null | undefined)?.features;
  return Array.isArray(features) ? (features as Feature[]) : [];
};

/** Only the areas of one level, so that each can be shown and styled by itself. */
export const areasOf = (geojson: unknown, level: string) => ({
  type: "FeatureCollection" as const,
  features: featuresOf(geojson).filter((feature) => feature.properties?.level === level),
});

/** Names of communities and grids, each in the middle of its largest ring. */
export function labelsOf(areas: unknown, shown: { communities: boolean; grids: boolean }): Label[] {
  return featuresOf(areas).flatMap((feature) => {
    const grid = feature.properties?.level === "grid";
    const text = feature.properties?.name ?? "";
    if (text === "" || !(grid ? shown.grids : shown.communities)) return [];
    const point = middleOf(feature.geometry);
    return point ? [{ text, point, fromZoom: grid ? 14.5 : 12, weight: grid ? "grid" : "area" } as const] : [];
  });
}

/** Centre of gravity of the largest outer ring; the middle of the bounds where that is not an area. */
export function middleOf(geometry: unknown): Point | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  let best: { area: number; point: Point } | undefined;
  for (const polygon of Array.isArray(polygons) ? polygons : []) {
    const ring = (polygon as [number, number][][])[0] ?? [];
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i < ring.length; i++) {
      const [ax, ay] = ring[i] as [number, number];
      const [bx, by] = ring[(i + 1) % ring.length] as [number, number];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (area !== 0 && Math.abs(area) > Math.abs(best?.area ?? 0))
      best = { area, point: { lng: x / (3 * area), lat: y / (3 * area) } };
  }
  if (best) return best.point;
  const bounds = boundsOf(geometry);
  return bounds && { lng: (bounds.west + bounds.east) / 2, lat: (bounds.south + bounds.north) / 2 };
}
