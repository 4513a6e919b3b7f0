import { type OverlayMark, overlayMarkSchema } from "#shared/domain/overlay/overlay.ts";
import type { Geometry } from "#shared/lib/geo.ts";

/** Largest file of marks that is read, bytes: a battle map is small. */
export const mostBytes = 2_000_000;

/** A drawn geometry as a mark. */
export function markOf(geometry: Geometry, label: string, meaning: OverlayMark["meaning"]): OverlayMark | undefined {
  const [point, shape] =
    geometry.type === "Point"
      ? [{ lng: geometry.coordinates[0], lat: geometry.coordinates[1] }, null]
      : [null, geometry.type === "MultiPolygon" ? null : geometry];
  const read = overlayMarkSchema.safeParse({ label, meaning, point, shape });
  return read.success ? read.data : undefined;
}

/**
 * The marks of a GeoJSON text: points, lines and areas with their name as label. Answers how many features were left out
 * because they are none of these; `undefined`: this is no GeoJSON.
 */
export function readMarks(text: string): { readonly marks: OverlayMark[]; readonly left: number } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { type, features, geometry } = (value ?? {}) as { type?: unknown; features?: unknown; geometry?: unknown };
  const list = type === "FeatureCollection" ? features : geometry ? [value] : undefined;
  if (!Array.isArray(list)) return undefined;
  const marks = list.flatMap((feature) => {
    const { geometry: drawn, properties } = (feature ?? {}) as {
      geometry?: Geometry;
      properties?: Record<string, unknown>;
    };
    const name = properties?.name ?? properties?.label ?? "";
    const flat =
      drawn?.type === "MultiPolygon"
        ? drawn.coordinates.map((one) => ({ type: "Polygon", coordinates: one }) as Geometry)
        : [drawn];
    return flat.flatMap((one) => (one ? (markOf(one, String(name).slice(0, 40), "force") ?? []) : []));
  });
  return { marks, left: Math.max(0, list.length - marks.length) };
}
