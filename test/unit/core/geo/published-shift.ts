/** [lng, lat] */
export type Degrees = readonly [number, number];

/**
 * WGS 84 to GCJ-02 and BD-09 by the formulas as they were published, written down a second time and knowing nothing of
 * the product's library: a yardstick for tests.
 */
export function publishedShift([lng, lat]: Degrees, system: "wgs84" | "gcj02" | "bd09"): Degrees {
  if (system === "wgs84") return [lng, lat];
  const [x, y] = [lng - 105, lat - 35];
  const wave = (of: number, ...parts: [number, number][]) =>
    parts.reduce((sum, [size, per]) => sum + size * Math.sin((of * Math.PI) / per), 0);
  const common = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    (2 / 3) * (common + wave(y, [20, 1], [40, 3], [160, 12], [320, 30]));
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    (2 / 3) * (common + wave(x, [20, 1], [40, 3], [150, 12], [300, 30]));
  const [axis, flat] = [6_378_245, 0.006_693_421_622_965_943];
  const radians = (lat * Math.PI) / 180;
  const bend = 1 - flat * Math.sin(radians) ** 2;
  const gcj: Degrees = [
    lng + (east * 180) / ((axis / Math.sqrt(bend)) * Math.cos(radians) * Math.PI),
    lat + (north * 180) / (((axis * (1 - flat)) / (bend * Math.sqrt(bend))) * Math.PI),
  ];
  if (system === "gcj02") return gcj;
  const turn = (Math.PI * 3000) / 180;
  const far = Math.hypot(...gcj) + 0.00002 * Math.sin(gcj[1] * turn);
  const angle = Math.atan2(gcj[1], gcj[0]) + 0.000003 * Math.cos(gcj[0] * turn);
  return [far * Math.cos(angle) + 0.0065, far * Math.sin(angle) + 0.006];
}
