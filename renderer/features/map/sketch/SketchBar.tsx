import { Button } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { areaM2, lengthM, type Position } from "#shared/lib/geo.ts";
import { type SketchShape, useMapTools } from "../map-tools.ts";
import type { Point } from "../marks.ts";
import { lengthOf } from "../measure.ts";

/** Length of a line or area of a figure so far, in words. */
export function figureText(t: ReturnType<typeof useText>, shape: SketchShape, corners: readonly Point[]): string {
  const line = corners.map(({ lng, lat }): Position => [lng, lat]);
  const [first] = line;
  if (shape === "Marker" || !first || line.length < 2) return "";
  const { unit, value } = lengthOf(lengthM(line));
  const length = t(`map.length.${unit}`, { value });
  if (shape !== "Polygon" || line.length < 3) return length;
  return t("sketch.area", { length, area: areaText(t, areaM2({ type: "Polygon", coordinates: [[...line, first]] })) });
}

/** An area in the unit that a person thinks in: m², mu and hectares, km². */
function areaText(t: ReturnType<typeof useText>, m2: number): string {
  if (m2 < 10_000) return t("sketch.m2", { value: Math.round(m2) });
  if (m2 < 1_000_000) return t("sketch.hectare", { value: (m2 / 10_000).toFixed(2), mu: Math.round((m2 * 3) / 2000) });
  return t("sketch.km2", { value: (m2 / 1_000_000).toFixed(2) });
}

/** What is being drawn, how big it is, and the keys for it: on the map while a drawing is open. */
export function SketchBar() {
  const t = useText();
  const sketch = useMapTools((tools) => tools.sketch);
  const corners = useMapTools((tools) => tools.corners);
  const set = useMapTools((tools) => tools.set);
  if (!sketch) return null;
  return (
    <div className="map-sketch-bar" role="status">
      <b>{sketch.purpose}</b>
      <span>{t(`sketch.how.${sketch.shape}`)}</span>
      <span className="map-figures">{figureText(t, sketch.shape, corners)}</span>
      <Button onPress={() => set({ sketch: undefined, corners: [] })}>{t("sketch.cancel")}</Button>
    </div>
  );
}
