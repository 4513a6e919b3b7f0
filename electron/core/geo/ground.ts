import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FeatureCollection, readJson, type StreetPlaces } from "../tables.ts";
import type { KnownGround } from "./known-places.ts";

type Lines = { readonly features: readonly { readonly geometry: { type: string; coordinates: number[][] } }[] };

/** The ground of a street as the product carries it; the known points are those of the desk. */
export function groundOf(
  resourcesDir: string,
  street: string,
  places: StreetPlaces,
  points: KnownGround["points"],
): KnownGround {
  const roads = join(resourcesDir, "sample", street, "roads.geojson");
  const lines = existsSync(roads) ? readJson<Lines>(roads).features.map(({ geometry }) => geometry.coordinates) : [];
  return {
    district: ringsOf(places.district),
    street: ringsOf(places.street),
    areas: places.areas.features.map((feature) => ({
      name: feature.properties.level === "grid" ? `${feature.properties.communityName}${feature.properties.name}` : (feature.properties.name ?? ""),
      level: feature.properties.level ?? "",
      rings: ringsOf({ type: "FeatureCollection", features: [feature] }),
    })),
    points,
    lines: [...lines, ...places.fireRoads.roads.map(({ line }) => line)],
  };
}

const ringsOf = (collection: FeatureCollection): number[][][] =>
  collection.features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
  );
