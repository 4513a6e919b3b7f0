import { geoJSON, type LatLng, type Layer, type Map as LeafletMap, type Polygon, type Polyline } from "leaflet";
import "@geoman-io/leaflet-geoman-free";
import "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
import type { Geometry } from "#shared/lib/geo.ts";
import type { SketchShape } from "../map-tools.ts";
import type { Point } from "../marks.ts";

/** The one file that knows Leaflet-Geoman: drawing and moving corners, by mouse and by key. */

/** What Geoman's own buttons call; its types leave it out. */
interface Drawing {
  _layer?: { getLatLngs?: () => LatLng[] };
  _startMarker?: { getLatLng: () => LatLng };
  _removeLastVertex(): void;
  _finishShape(event?: unknown): void;
}

const drawing = (map: LeafletMap, shape: SketchShape): Drawing =>
  (map.pm.Draw as unknown as Record<SketchShape, Drawing>)[shape];

const pointOf = ({ lng, lat }: LatLng): Point => ({ lng, lat });
/** Longitude first, six decimals: a tenth of a metre. */
const geometryOf = (layer: Layer): Geometry => (layer as Polygon).toGeoJSON(6).geometry as unknown as Geometry;

export interface Draw {
  /** A corner at a place, as a click there. */
  add(point: Point): void;
  /** Takes the last corner back. */
  undo(): void;
  /** Ends the drawing; nothing happens while it has too few corners. */
  finish(): void;
  end(): void;
}

/** Begins a drawing on the map: it snaps to what is drawn already. `changed` gets the corners so far, `done` the finished geometry. */
export function beginDraw(
  map: LeafletMap,
  shape: SketchShape,
  changed: (corners: readonly Point[]) => void,
  done: (geometry: Geometry) => void,
): Draw {
  const corners = (): Point[] => {
    const start = drawing(map, shape)._startMarker;
    const line = drawing(map, shape)._layer?.getLatLngs?.() ?? [];
    return shape === "Rectangle" ? (start ? [pointOf(start.getLatLng())] : []) : line.map(pointOf);
  };
  const created = (event: { layer: Layer }) => {
    const geometry = geometryOf(event.layer);
    event.layer.remove();
    done(geometry);
  };
  const later = () => setTimeout(() => changed(corners()));
  map.on("pm:create", created);
  map.on("click", later);
  map.pm.enableDraw(shape, {
    snappable: true,
    snapDistance: 14,
    tooltips: false,
    continueDrawing: false,
    allowSelfIntersection: shape === "Line",
    cursorMarker: true,
  });
  return {
    add: ({ lng, lat }) => {
      const latlng = { lat, lng } as LatLng;
      const at = map.latLngToContainerPoint(latlng);
      map.fire("click", {
        latlng: map.containerPointToLatLng(at),
        containerPoint: at,
        layerPoint: map.containerPointToLayerPoint(at),
      });
    },
    undo: () => {
      if (shape === "Line" || shape === "Polygon") drawing(map, shape)._removeLastVertex();
      changed(corners());
    },
    finish: () => {
      if (shape === "Line" || shape === "Polygon") drawing(map, shape)._finishShape();
    },
    end: () => {
      map.off("pm:create", created);
      map.off("click", later);
      map.pm.disableDraw();
    },
  };
}

/** Shows a geometry whose corners can be moved by hand; `edited` gets it after every move. Ends with what it returns. */
export function beginEdit(map: LeafletMap, geometry: Geometry, edited: (geometry: Geometry) => void): () => void {
  const group = geoJSON({ type: "Feature", properties: {}, geometry } as never, {
    style: { className: `map-shape-edited is-${geometry.type}` },
  });
  group.addTo(map);
  const told = (event: { layer?: Layer }) => event.layer && edited(geometryOf(event.layer));
  for (const layer of group.getLayers() as Polyline[]) {
    layer.pm.enable({
      snappable: true,
      snapDistance: 14,
      allowSelfIntersection: false,
      draggable: geometry.type === "Point",
    });
    layer.on("pm:markerdragend pm:vertexadded pm:vertexremoved pm:dragend", (event) =>
      told(event as { layer?: Layer }),
    );
  }
  return () => {
    for (const layer of group.getLayers() as Polyline[]) layer.pm.disable();
    group.remove();
  };
}
