import { type Bounds, DomUtil, type LatLng, type Map as LeafletMap, type Point, SVG } from "leaflet";

/** What Leaflet's renderers keep to themselves; its types leave it out. */
interface Inner {
  _map: LeafletMap;
  _bounds: Bounds | undefined;
  _zoom: number;
  _container: HTMLElement;
}
interface InnerMap {
  containerPointToLayerPoint(point: readonly [number, number]): Point;
}
const {
  _update: update,
  _reset: reset,
  _updateTransform: place,
} = SVG.prototype as unknown as {
  _update(): void;
  _reset(): void;
  _updateTransform(centre: LatLng, zoom: number): void;
};

/**
 * Lines and areas with a margin around the view: a pan that stays inside it moves them as they are, where Leaflet would cut and
 * write every path anew, some ten milliseconds each time.
 */
export class CalmSvg extends SVG {
  protected _update(): void {
    const inner = this as unknown as Inner;
    const map = inner._map;
    if (inner._bounds && inner._zoom === map.getZoom()) {
      const size = map.getSize();
      const at = map as unknown as InnerMap;
      const corners = [at.containerPointToLayerPoint([0, 0]), at.containerPointToLayerPoint([size.x, size.y])] as const;
      if (corners.every((corner) => inner._bounds?.contains(corner))) return;
    }
    update.call(this);
  }

  /** On whole pixels: between them every frame of a drag would mix each pixel of the sheet from four. */
  protected _updateTransform(centre: LatLng, zoom: number): void {
    const { _bounds: bounds, _zoom: own, _container: sheet } = this as unknown as Inner;
    if (bounds?.min && own === zoom) DomUtil.setPosition(sheet, bounds.min);
    else place.call(this, centre, zoom);
  }

  /** The map has begun to count its pixels from another place. */
  protected _reset(): void {
    (this as unknown as Inner)._bounds = undefined;
    reset.call(this);
  }
}
