import type { Asset } from "#shared/contract.ts";
import { drawer } from "#test/seed.ts";

/** The pins of benchmarks: clustered around towns inside one district, eight kinds, 90/5/5 % well, broken, not heard from. */
const box = { west: 105.6, south: 28.9, east: 106.2, north: 29.6 };
export const benchKinds = [
  "camera",
  "voice_pole",
  "water_tank",
  "hydrant",
  "smoke_sensor",
  "geohazard_point",
  "nine_small_place",
  "school",
] as const;
const towns = 40;

/** Two draws summed up: a hill, near enough to a bell. */
const hill = (random: () => number): number => random() + random() + random() - 1.5;

export function* benchAssets(count: number, seed = 20_261_121): Generator<Asset> {
  const random = drawer(seed);
  let weights = 0;
  const places = Array.from({ length: towns }, () => {
    const lng = box.west + 0.05 + random() * (box.east - box.west - 0.1);
    const lat = box.south + 0.05 + random() * (box.north - box.south - 0.1);
    const wide = 0.006 + random() * 0.02;
    weights += random() + 0.2;
    return { lng, lat, wide, upTo: weights };
  });
  for (let i = 0; i < count; i++) {
    const drawn = random() * weights;
    const town = places.find((place) => drawn < place.upTo) ?? places[0];
    const scattered = random() < 0.1 || !town;
    const kind = benchKinds[Math.floor(random() ** 1.6 * benchKinds.length)] ?? "camera";
    const luck = random();
    yield {
      id: `B${String(i).padStart(7, "0")}`,
      kind,
      name: `${kind === "camera" ? "摄像头" : "资源"} ${i}`,
      status: luck < 0.9 ? "ok" : luck < 0.95 ? "fault" : "offline",
      lng: scattered ? box.west + random() * (box.east - box.west) : town.lng + hill(random) * town.wide * 2,
      lat: scattered ? box.south + random() * (box.north - box.south) : town.lat + hill(random) * town.wide * 2,
      grid: "第三网格",
      sample: false,
    };
  }
}
