import { DomUtil, Layer, type Map as LeafletMap, type LeafletMouseEvent, latLngBounds } from "leaflet";
import type { Label } from "./labels.ts";
import { type Bounds, hitAt, type Pin, type Placed, type Point, paintRank } from "./marks.ts";
import { paint, paintSpot, radiusOf, type Scene, stemPx } from "./paint.ts";

/** The one file that knows Leaflet's imperative side: one canvas for all pins, and the moves of the map. */

export interface View {
  readonly bounds: Bounds;
  readonly zoom: number;
  readonly centre: Point;
}

export interface ViewListener {
  moved(view: View): void;
  /** A click: the point, and the pins under it, topmost first. */
  clicked(point: Point, pins: Pin[]): void;
  hovered(point: Point | undefined, pin: Pin | undefined): void;
}

/** All pins on one canvas over the map, painted again once a frame at most. */
class PinLayer extends Layer {
  readonly canvas: HTMLCanvasElement = DomUtil.create("canvas", "map-pins");
  #scene: Scene | undefined;
  labels: readonly Label[] = [];
  /** A point of the ground that was chosen, where no pin stands. */
  spot: Point | undefined;
  placed: Placed[] = [];
  #pins: readonly Pin[] = [];
  #leaflet: LeafletMap | undefined;
  #frame = 0;

  set pins(pins: readonly Pin[]) {
    const now = this.#scene?.now ?? 0;
    this.#pins = pins
      .map((pin) => ({ pin, rank: paintRank(pin, now) }))
      .sort((a, b) => a.rank - b.rank)
      .map((one) => one.pin);
    this.paintSoon();
  }

  set scene(scene: Scene) {
    const later = scene.now !== this.#scene?.now;
    this.#scene = scene;
    if (later) this.pins = this.#pins;
  }

  override onAdd(map: LeafletMap): this {
    this.#leaflet = map;
    map.getPane("markerPane")?.append(this.canvas);
    this.paintSoon();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    this.canvas.remove();
    this.#leaflet = undefined;
    return this;
  }

  override getEvents() {
    const soon = () => this.paintSoon();
    return { move: soon, zoom: soon, viewreset: soon, resize: soon };
  }

  paintSoon(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const map = this.#leaflet;
    const scene = this.#scene;
    const to = this.canvas.getContext("2d");
    if (!map || !scene || !to) return;
    const size = map.getSize();
    const sharp = Math.max(1, window.devicePixelRatio);
    const [width, height] = [Math.round(size.x * sharp), Math.round(size.y * sharp)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
    }
    DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    to.setTransform(sharp, 0, 0, sharp, 0, 0);
    to.clearRect(0, 0, size.x, size.y);
    const zoom = map.getZoom();
    this.placed = [];
    for (const pin of this.#pins) {
      const { x, y } = map.latLngToContainerPoint([pin.point.lat, pin.point.lng]);
      if (x < -40 || y < -40 || x > size.x + 40 || y > size.y + 40) continue;
      this.placed.push({ pin, x, y: pin.type === "event" ? y - stemPx : y, radius: radiusOf(pin, zoom) });
    }
    const labels = this.labels
      .filter((label) => zoom >= label.fromZoom)
      .map((label) => ({ ...label, ...map.latLngToContainerPoint([label.point.lat, label.point.lng]) }));
    paint(to, this.placed, labels, { ...scene, zoom });
    if (this.spot) {
      const { x, y } = map.latLngToContainerPoint([this.spot.lat, this.spot.lng]);
      paintSpot(to, x, y, scene);
    }
  }
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

  dress(scene: Omit<Scene, "zoom">, labels: readonly Label[], spot: Point | undefined): void {
    this.#layer.spot = spot;
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
    return hitAt(this.#layer.placed, size.x / 2, size.y / 2);
  }

  readonly #moved = () => this.#listener?.moved(this.now());

  readonly #clicked = (event: LeafletMouseEvent) => {
    const { x, y } = event.containerPoint;
    this.#listener?.clicked({ lng: event.latlng.lng, lat: event.latlng.lat }, hitAt(this.#layer.placed, x, y));
  };

  readonly #hovered = (event: LeafletMouseEvent) => {
    cancelAnimationFrame(this.#hoverFrame);
    this.#hoverFrame = requestAnimationFrame(() => {
      const pin = hitAt(this.#layer.placed, event.containerPoint.x, event.containerPoint.y, 2)[0];
      this.#map.getContainer().classList.toggle("map-over-pin", pin !== undefined);
      this.#listener?.hovered({ lng: event.latlng.lng, lat: event.latlng.lat }, pin);
    });
  };

  readonly #left = () => {
    cancelAnimationFrame(this.#hoverFrame);
    this.#listener?.hovered(undefined, undefined);
  };
}
