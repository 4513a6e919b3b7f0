import type { KeyboardEvent } from "react";
import type { MapView } from "./leaflet-canvas.ts";
import { useMapTools } from "./map-tools.ts";
import type { Bounds, Pin, Point } from "./marks.ts";

interface Hands {
  readonly whole: Bounds;
  /** Something is chosen, so Esc has something to let go. */
  readonly chosen: boolean;
  readonly onChoose: (pins: readonly Pin[], point: Point) => void;
  readonly onNone: () => void;
}

/** Keys of the map itself, while it has the focus: arrows move, + and − zoom, Enter asks at the crosshair. */
export function pressOnMap(event: KeyboardEvent, mapView: MapView, hands: Hands): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const drawing = useMapTools.getState().sketch !== undefined;
  const step = event.shiftKey ? 240 : 80;
  const moves: Record<string, () => void> = {
    ArrowLeft: () => mapView.panBy(-step, 0),
    ArrowRight: () => mapView.panBy(step, 0),
    ArrowUp: () => mapView.panBy(0, -step),
    ArrowDown: () => mapView.panBy(0, step),
    "+": () => mapView.zoomBy(1),
    "=": () => mapView.zoomBy(1),
    "-": () => mapView.zoomBy(-1),
    "0": () => mapView.fit(hands.whole),
    ...(drawing
      ? {}
      : { Enter: () => hands.onChoose(mapView.pinsAtCentre(), mapView.now().centre), Escape: hands.onNone }),
  };
  const move = moves[event.key];
  if (!move || (event.key === "Escape" && !hands.chosen)) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}
