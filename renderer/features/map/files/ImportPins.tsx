import { canvas, circleMarker, layerGroup, polyline } from "leaflet";
import { useEffect } from "react";
import { useMap } from "react-leaflet";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useMapFiles } from "./files-store.ts";

/** Where the rows of an import would stand, before any of them is taken. */
export function ImportPins() {
  const map = useMap();
  const open = useMapFiles((files) => files.panel === "import");
  const { data } = useDesk("import.state", {}, { enabled: open });
  const preview = open && data?.state?.phase === "ready" ? data.state.preview : null;
  // The state is asked again each second; the pins are new only with another reading.
  const signature = preview
    ? JSON.stringify([data?.state?.importId, preview.choices, preview.system, preview.swapped, preview.pins.length])
    : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn once for each reading
  useEffect(() => {
    if (!preview || preview.pins.length === 0) return;
    const style = getComputedStyle(map.getContainer());
    const [good, bad] = ["--blue", "--orange"].map((name) => style.getPropertyValue(name).trim());
    const renderer = canvas({ pane: "markerPane" });
    const marks = preview.pins.map(([lng, lat, sound]) =>
      circleMarker([lat, lng], {
        renderer,
        interactive: false,
        radius: sound === 1 ? 4 : 3,
        weight: 1.5,
        color: (sound === 1 ? good : bad) ?? "",
        fillOpacity: sound === 1 ? 0.7 : 0,
      }),
    );
    const lines = preview.outlines.map(({ lines, sound }) =>
      polyline(
        lines.map((line) => line.map(([lng, lat]): [number, number] => [lat, lng])),
        { renderer, interactive: false, weight: 3, color: (sound ? good : bad) ?? "" },
      ),
    );
    const group = layerGroup([...lines, ...marks]).addTo(map);
    const shown = preview.pins.filter(([, , sound]) => sound === 1);
    const corners = preview.outlines.filter(({ sound }) => sound).flatMap(({ lines }) => lines.flat());
    const places = [...(shown.length > 0 ? shown : preview.pins), ...corners].map(([lng, lat]): [number, number] => [
      lat,
      lng,
    ]);
    // The panel of the import may have just narrowed the map.
    map.invalidateSize({ animate: false });
    map.fitBounds(places, { animate: false, paddingTopLeft: [32, 60], paddingBottomRight: [32, 32], maxZoom: 16 });
    return () => {
      group.remove();
      renderer.remove();
    };
  }, [signature]);
  return null;
}
