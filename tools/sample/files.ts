import { at } from "./numbers.ts";
import type { Line } from "./plane.ts";

export const label = "示例";
export const note = "示例数据，由 tools/make-sample.ts 生成，非测绘成果；坐标 WGS 84，经度在前。";

/** A JSON object whose one long list has a line for each item: small, and a change shows as a line in a diff. */
export const linesFile = (head: object, listName: string, list: readonly unknown[]): string => {
  const start = JSON.stringify(head, null, 1).replace(/\n}$/, "");
  return `${start},\n "${listName}": [\n${list.map((item) => JSON.stringify(item)).join(",\n")}\n]\n}\n`;
};

export const feature = (properties: object, type: "Polygon" | "LineString", line: Line): object => ({
  type: "Feature",
  properties,
  geometry: { type, coordinates: type === "Polygon" ? [[...line, at(line, 0)]] : line },
});

export const collection = (features: readonly object[]): string =>
  linesFile({ type: "FeatureCollection", label, note }, "features", features);
