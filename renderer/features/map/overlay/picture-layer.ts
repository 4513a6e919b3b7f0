import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";
import type { Corners } from "#shared/domain/overlay/picture.ts";
import { stretch } from "./stretch.ts";

const pane = "pictures";

/** A picture stretched between four corners, under the lines and over the ground. */
export class PictureLayer extends Layer {
  readonly #canvas: HTMLCanvasElement = DomUtil.create("canvas", "map-picture");
  #leaflet: LeafletMap | undefined;
  #corners: Corners;

  /** Takes the picture over: it is closed as soon as it is drawn. */
  constructor(picture: ImageBitmap, corners: Corners) {
    super();
    this.#corners = corners;
    this.#canvas.width = picture.width;
    this.#canvas.height = picture.height;
    this.#canvas.getContext("2d")?.drawImage(picture, 0, 0);
    picture.close();
  }

  show(corners: Corners, opacity: number): void {
    this.#corners = corners;
    this.#canvas.style.opacity = String(opacity / 100);
    this.#place();
  }

  override onAdd(map: LeafletMap): this {
    this.#leaflet = map;
    const home = map.getPane(pane) ?? map.createPane(pane);
    home.append(this.#canvas);
    this.#place();
    return this;
  }

  override onRemove(): this {
    this.#canvas.remove();
    this.#leaflet = undefined;
    return this;
  }

  override getEvents() {
    const place = () => this.#place();
    return { zoom: place, viewreset: place };
  }

  #place(): void {
    const map = this.#leaflet;
    if (!map) return;
    const [a, b, c, d] = this.#corners;
    const at = ({ lng, lat }: { lng: number; lat: number }) => map.latLngToLayerPoint([lat, lng]);
    const { width, height } = this.#canvas;
    this.#canvas.style.transform = stretch(width, height, [at(a), at(b), at(c), at(d)]);
  }
}
