import { useEffect, useRef } from "react";
import { Circle, Polyline, useMap } from "react-leaflet";
import { useHotkey } from "#renderer/parts/index.ts";
import { backKey, hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { useMapTools } from "../map-tools.ts";
import { beginDraw, beginEdit, type Draw } from "./geoman.ts";

/** What the tools draw on the map: the drawing in the making, the corners being moved, the ray to what is near. */
export function MapSketch() {
  const t = useText();
  const map = useMap();
  const sketch = useMapTools((tools) => tools.sketch);
  const editing = useMapTools((tools) => tools.editing);
  const ray = useMapTools((tools) => tools.ray);
  const circle = useMapTools((tools) => tools.circle);
  const area = useMapTools((tools) => tools.area);
  const set = useMapTools((tools) => tools.set);
  const draw = useRef<Draw>(undefined);

  useEffect(() => {
    if (!sketch) return;
    const begun = beginDraw(
      map,
      sketch.shape,
      (corners) => set({ corners }),
      (geometry) => {
        set({ sketch: undefined, corners: [] });
        sketch.done(geometry);
      },
    );
    draw.current = begun;
    map.getContainer().closest<HTMLElement>(".map-stage")?.focus();
    return () => {
      draw.current = undefined;
      begun.end();
    };
  }, [map, sketch, set]);

  // The geometry that comes from here goes back to the form and from there here again: what is the same already is not begun anew.
  const shown = useRef("");
  const edited = useRef(editing?.edited);
  edited.current = editing?.edited;
  const geometry = editing ? JSON.stringify(editing.geometry) : "";
  const end = useRef<() => void>(undefined);
  useEffect(() => {
    if (geometry === shown.current) return;
    end.current?.();
    end.current = undefined;
    shown.current = geometry;
    if (geometry === "") return;
    end.current = beginEdit(map, JSON.parse(geometry), (moved) => {
      shown.current = JSON.stringify(moved);
      edited.current?.(moved);
    });
  }, [map, geometry]);
  useEffect(() => () => end.current?.(), []);

  const on = { when: sketch !== undefined };
  useHotkey(hotkeys.sketch.add, () => draw.current?.add(map.getCenter()), { ...on, label: t("sketch.key.add") });
  useHotkey(hotkeys.sketch.undo, () => draw.current?.undo(), { ...on, label: t("sketch.key.undo") });
  useHotkey(hotkeys.sketch.undoToo, () => draw.current?.undo(), on);
  useHotkey(hotkeys.sketch.finish, () => draw.current?.finish(), { ...on, label: t("sketch.key.finish") });
  useHotkey(backKey, () => set({ sketch: undefined, corners: [] }), { ...on, label: t("sketch.key.cancel") });

  return (
    <>
      {area?.type === "Polygon" && (
        <Polyline
          positions={(area.coordinates[0] ?? []).map(([lng, lat]): [number, number] => [lat, lng])}
          className="map-sketch-area"
          interactive={false}
        />
      )}
      {ray && (
        <Polyline
          positions={[
            [ray.from.lat, ray.from.lng],
            [ray.to.lat, ray.to.lng],
          ]}
          className="map-ray"
          interactive={false}
        />
      )}
      {circle && (
        <Circle
          center={[circle.at.lat, circle.at.lng]}
          radius={circle.radiusM}
          className="map-ring"
          interactive={false}
        />
      )}
    </>
  );
}
