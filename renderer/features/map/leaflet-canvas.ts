import { type Map as LeafletMap, type LeafletMouseEvent, latLngBounds } from "leaflet";
import { holdScreens } from "#renderer/bridge/follow-desk.ts";
import type { Label } from "./labels.ts";
import type { Bounds, Pin, Point } from "./marks.ts";
import type { Scene } from "./paint.ts";
import { PinLayer } from "./pin-layer.ts";
import type { AssetFilter } from "./tile-cache.ts";
/** With `pin-layer.ts` all that knows Leaflet's imperative side: the moves of the map, and its one canvas of pins. */

export interface View {
  readonly bounds: Bounds;
  readonly zoom: number;
  readonly centre: Point;
}

export interface ViewListener {
  /** The map begins to move; `moved` tells where it came to. */
  moves(): void;
  moved(view: View): void;
  /** A click: the point, and the pins under it, topmost first. */
  clicked(point: Point, pins: Pin[]): void;
  hovered(point: Point | undefined, pin: Pin | undefined): void;
}

/** What the rest of the map place may do with the map. */
export class MapView {
  readonly #map: LeafletMap;
  readonly #layer = new PinLayer();
  readonly #sizes: ResizeObserver;
  #listener: ViewListener | undefined;
  #hoverFrame = 0;

  constructor(map: LeafletMap) {
    this.#map = map;
    this.#layer.addTo(map);
    map.on("movestart", this.#moves);
    map.on("dragstart", this.#dragged);
    map.on("dragend", this.#letGo);
    map.on("moveend zoomend resize", this.#moved);
    map.on("click", this.#clicked);
    map.on("mousemove", this.#hovered);
    map.on("mouseout", this.#left);
    this.#sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    this.#sizes.observe(map.getContainer());
  }

  end(): void {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#hoverFrame);
    this.#letGo();
    this.#map.off("movestart", this.#moves);
    this.#map.off("dragstart", this.#dragged);
    this.#map.off("dragend", this.#letGo);
    this.#map.off("moveend zoomend resize", this.#moved);
    this.#map.off("click", this.#clicked);
    this.#map.off("mousemove", this.#hovered);
    this.#map.off("mouseout", this.#left);
    this.#layer.remove();
  }

  listen(listener: ViewListener): void {
    this.#listener = listener;
  }

  show(pins: readonly Pin[]): void {
    this.#layer.pins = pins;
  }

  /** Which assets are drawn. Turning it costs no question for what is already here. */
  filter(filter: AssetFilter): void {
    this.#layer.field.filter = filter;
  }

  dress(
    scene: Omit<Scene, "zoom">,
    labels: readonly Label[],
    chosen: { readonly spot: Point | undefined; readonly asset: Point | undefined },
  ): void {
    this.#layer.spot = chosen.spot;
    this.#layer.chosenAsset = chosen.asset;
    this.#layer.scene = { ...scene, zoom: this.#map.getZoom() };
    this.#layer.labels = labels;
    this.#layer.paintSoon();
  }

  repaint(): void {
    this.#layer.paintSoon();
  }

  now(): View {
    const bounds = this.#map.getBounds();
    const centre = this.#map.getCenter();
    return {
      bounds: {
        west: bounds.getWest(),
        south: bounds.getSouth(),
        east: bounds.getEast(),
        north: bounds.getNorth(),
      },
      zoom: this.#map.getZoom(),
      centre: { lng: centre.lng, lat: centre.lat },
    };
  }

  panBy(x: number, y: number): void {
    this.#map.panBy([x, y], { animate: false });
  }

  zoomBy(step: number): void {
    this.#map.setZoom(this.#map.getZoom() + step, { animate: false });
  }

  fit(bounds: Bounds): void {
    this.#map.fitBounds(latLngBounds([bounds.south, bounds.west], [bounds.north, bounds.east]), {
      animate: false,
      padding: [16, 16],
    });
  }

  goTo(point: Point, leastZoom: number): void {
    this.#map.setView([point.lat, point.lng], Math.max(this.#map.getZoom(), leastZoom), { animate: false });
  }

  /** Pins under the crosshair. */
  pinsAtCentre(): Pin[] {
    const size = this.#map.getSize();
    return this.#layer.hitAt(size.x / 2, size.y / 2);
  }

  readonly #dragged = () => holdScreens(true);
  readonly #letGo = () => holdScreens(false);
  readonly #moves = () => this.#listener?.moves();

  readonly #moved = () => this.#listener?.moved(this.now());

  readonly #clicked = (event: LeafletMouseEvent) => {
    const { x, y } = event.containerPoint;
    this.#listener?.clicked({ lng: event.latlng.lng, lat: event.latlng.lat }, this.#layer.hitAt(x, y));
  };

  readonly #hovered = (event: LeafletMouseEvent) => {
    cancelAnimationFrame(this.#hoverFrame);
    if (event.originalEvent.buttons > 0) return;
    this.#hoverFrame = requestAnimationFrame(() => {
      const pin = this.#layer.hitAt(event.containerPoint.x, event.containerPoint.y, 2)[0];
      this.#map.getContainer().classList.toggle("map-over-pin", pin !== undefined);
      this.#listener?.hovered({ lng: event.latlng.lng, lat: event.latlng.lat }, pin);
    });
  };

  readonly #left = () => {
    cancelAnimationFrame(this.#hoverFrame);
    this.#listener?.hovered(undefined, undefined);
  };
}
