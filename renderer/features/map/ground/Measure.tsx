import { useEffect } from "react";
import { CircleMarker, Polygon, Polyline, useMap } from "react-leaflet";
import { useMapFiles } from "../files/files-store.ts";

/** Clicks and the Enter key set corners while somebody measures; nothing else on the map hears them. */
export function Measure() {
  const map = useMap();
  const { measured, measure } = useMapFiles();
  const on = measured !== undefined;
  useEffect(() => {
    const stage = map.getContainer().closest<HTMLElement>(".map-stage");
    if (!on || !stage) return;
    const add = ({ lng, lat }: { lng: number; lat: number }) =>
      measure([...(useMapFiles.getState().measured ?? []), { lng, lat }]);
    const onClick = (event: MouseEvent) => {
      if (!map.getContainer().contains(event.target as Node)) return;
      event.stopPropagation();
      // A drag ends with a click too.
      const { moved } = map.dragging as unknown as { moved(): boolean };
      if (!moved.call(map.dragging)) add(map.mouseEventToLatLng(event));
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== stage) return;
      const points = useMapFiles.getState().measured ?? [];
      if (event.key === "Enter") add(map.getCenter());
      else if (event.key === "Backspace") measure(points.slice(0, -1));
      else if (event.key === "Escape") measure(undefined);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    stage.addEventListener("click", onClick, true);
    stage.addEventListener("keydown", onKeyDown, true);
    stage.focus({ preventScroll: true });
    return () => {
      stage.removeEventListener("click", onClick, true);
      stage.removeEventListener("keydown", onKeyDown, true);
    };
  }, [map, on, measure]);
  if (!measured || measured.length === 0) return null;
  const corners = measured.map(({ lng, lat }) => [lat, lng] as [number, number]);
  return (
    <>
      {corners.length > 2 && <Polygon positions={corners} interactive={false} className="map-measured-area" />}
      <Polyline positions={corners} interactive={false} className="map-measured" />
      {corners.map((corner) => (
        <CircleMarker
          key={corner.join()}
          center={corner}
          radius={4}
          interactive={false}
          className="map-measured-corner"
        />
      ))}
    </>
  );
}
