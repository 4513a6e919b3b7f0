import { callDesk } from "#renderer/bridge/desk.ts";
import type { Pin } from "./marks.ts";

/** Pins of the canvas as the rest of the map knows them: assets with id and name. One that is gone meanwhile is left out. */
export async function withNames(pins: readonly Pin[]): Promise<readonly Pin[]> {
  const rows = pins.flatMap((pin) => (pin.type === "asset" && pin.row !== undefined ? pin.row : []));
  if (rows.length === 0) return pins;
  const outcome = await callDesk("asset.rows", { rows: rows.slice(0, 100) });
  const found = new Map((outcome.ok ? outcome.value.assets : []).map((one) => [one.row, one.mark]));
  return pins.flatMap((pin): Pin[] => {
    if (pin.type !== "asset" || pin.row === undefined) return [pin];
    const mark = found.get(pin.row);
    const id = mark?.id;
    return mark && id
      ? [{ type: "asset", key: `asset:${id}`, point: { lng: mark.lng, lat: mark.lat }, mark: { ...mark, id } }]
      : [];
  });
}
