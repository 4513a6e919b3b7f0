import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { geometryOf, readMore, shapesOfKind } from "../store/asset-shapes.ts";

/** Levels of areas that the ground of the map shows. */
const areaKinds = ["community", "grid"];

export function mapBase(desk: Desk): Answer<"map.base"> {
  const { district, street } = desk.places;
  const ring = (street.features[0] ?? district.features[0])?.geometry.coordinates[0] as number[][] | undefined;
  const middle = (axis: 0 | 1) => {
    const values = (ring ?? []).map((point) => point[axis] ?? 0);
    return values.length ? (Math.min(...values) + Math.max(...values)) / 2 : 0;
  };
  const features = areaKinds.flatMap((level) =>
    shapesOfKind(desk.db, level).map((shape) => ({
      type: "Feature",
      properties: { ...readMore(desk.db, shape.id).fields, level, name: shape.name },
      geometry: geometryOf(shape),
    })),
  );
  return ok({
    district,
    street,
    areas: { type: "FeatureCollection", features },
    center: { lng: middle(0), lat: middle(1) },
  });
}
