import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";

/** A canvas over the whole map, painted again once a frame at most. */
export abstract class CanvasLayer extends Layer {
  readonly canvas: HTMLCanvasElement = DomUtil.create("canvas", "map-pins");
  protected leaflet: LeafletMap | undefined;
  #frame = 0;

  /** Paints all of it anew, after `canvasFor`. */
  protected abstract paint(): void;

  override onAdd(map: LeafletMap): this {
    this.leaflet = map;
    map.getPane("markerPane")?.append(this.canvas);
    this.paintSoon();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    this.canvas.remove();
    this.leaflet = undefined;
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
      this.paint();
    });
  }

  /** The canvas laid over the map as it is now, empty, in pixels of the container made `larger` times; and its size in those of the container. */
  protected canvasFor(
    map: LeafletMap,
    to: CanvasRenderingContext2D,
    larger = 1,
  ): { readonly x: number; readonly y: number } {
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
    if (larger !== 1) to.scale(larger, larger);
    return size;
  }
}
