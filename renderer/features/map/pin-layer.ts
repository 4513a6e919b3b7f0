import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";
import { shortCount } from "#renderer/text/format.ts";
import { assetStatuses as statuses } from "#shared/domain/asset/asset.ts";
import { pointOf } from "#shared/domain/asset/tiles.ts";
import { AssetField, type FieldMark, pixelsPerUnit, type UnitView } from "./asset-field.ts";
import type { Label } from "./labels.ts";
import { hitAt, type Pin, type Placed, type Point, paintRank } from "./marks.ts";
import {
  type Cluster,
  clusterRadius,
  clusterWidth,
  eighths,
  eventRadius,
  paintEvents,
  paintLabels,
  paintRing,
  paintSpot,
  putAsset,
  putCluster,
  radiusOf,
  type Scene,
  stemPx,
} from "./paint.ts";

/** All assets and events on one canvas over the map, painted again once a frame at most. */
export class PinLayer extends Layer {
  readonly canvas: HTMLCanvasElement = DomUtil.create("canvas", "map-pins");
  readonly field = new AssetField(() => this.paintSoon());
  #scene: Scene | undefined;
  labels: readonly Label[] = [];
  /** A point of the ground that was chosen, where no pin stands. */
  spot: Point | undefined;
  /** The asset that is chosen. */
  chosenAsset: Point | undefined;
  #placed: Placed[] = [];
  #pins: readonly Pin[] = [];
  #leaflet: LeafletMap | undefined;
  #frame = 0;

  set pins(pins: readonly Pin[]) {
    const now = this.#scene?.now ?? 0;
    this.#pins = pins
      .filter((pin) => pin.type === "event")
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
    this.field.end();
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

  /** Asks for what the view needs and is not here. */
  look(): void {
    if (this.#leaflet) this.field.look(this.#ground().view);
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
    const full = { ...scene, zoom };
    const ground = this.#ground();
    const { made, whole } = this.field.look(ground.view);
    this.#paintAssets(to, ground, size, full, (mark) => mark.row > 0 && mark.status === 0);
    // Names lie over what is well and under what is news.
    const labels = this.labels
      .filter((label) => zoom >= label.fromZoom)
      .map((label) => ({ ...label, ...map.latLngToContainerPoint([label.point.lat, label.point.lng]) }));
    paintLabels(to, labels, full);
    this.#paintAssets(to, ground, size, full, (mark) => mark.row === 0 || mark.status !== 0);
    this.#placed = [];
    for (const pin of this.#pins) {
      const { x, y } = map.latLngToContainerPoint([pin.point.lat, pin.point.lng]);
      if (x < -40 || y < -40 || x > size.x + 40 || y > size.y + 40) continue;
      this.#placed.push({ pin, x, y: y - stemPx, radius: eventRadius });
    }
    paintEvents(to, this.#placed, full);
    if (this.chosenAsset) {
      const { x, y } = map.latLngToContainerPoint([this.chosenAsset.lat, this.chosenAsset.lng]);
      paintRing(to, x, y, radiusOf("fault", zoom) + 5, full);
    }
    if (this.spot) {
      const { x, y } = map.latLngToContainerPoint([this.spot.lat, this.spot.lng]);
      paintSpot(to, x, y, full);
    }
    // For tests and benches: what has been painted, and whether something is still awaited.
    const { dataset } = this.canvas;
    if (dataset.painted !== made) dataset.painted = made;
    if (dataset.whole !== String(whole)) dataset.whole = String(whole);
  }

  /** Where the map stands in units, and how a unit becomes a pixel of the container. */
  #ground(): { view: UnitView; scale: number; left: number; top: number } {
    const map = this.#leaflet as LeafletMap;
    const { min, max } = map.getPixelBounds() as { min: { x: number; y: number }; max: { x: number; y: number } };
    const zoom = map.getZoom();
    const scale = pixelsPerUnit(zoom);
    const unit = (pixel: number) => Math.floor(pixel / scale);
    const view = { left: unit(min.x), top: unit(min.y), right: unit(max.x), bottom: unit(max.y), zoom };
    return { view, scale, left: min.x, top: min.y };
  }

  #paintAssets(
    to: CanvasRenderingContext2D,
    { scale, left, top }: { scale: number; left: number; top: number },
    size: { x: number; y: number },
    scene: Scene,
    now: (mark: FieldMark) => boolean,
  ): void {
    const { kinds, marks } = this.field;
    for (const mark of marks) {
      const x = mark.x * scale - left;
      const y = mark.y * scale - top;
      if (x < -40 || y < -20 || x > size.x + 40 || y > size.y + 20 || !now(mark)) continue;
      if (mark.row > 0) putAsset(to, x, y, kinds[mark.kind] ?? "", statuses[mark.status] ?? "ok", scene);
      else putCluster(to, x, y, clusterOf(mark, kinds), scene);
    }
    scene.sprites.flush(to);
  }

  /** Pins under a point of the container, topmost first: events, then assets. */
  hitAt(x: number, y: number, slack = 4): Pin[] {
    const hits = hitAt(this.#placed, x, y, slack);
    if (!this.#leaflet) return hits;
    const { scale, left, top } = this.#ground();
    const zoom = this.#leaflet.getZoom();
    const { kinds, marks } = this.field;
    for (let i = marks.length - 1; i >= 0; i--) {
      const mark = marks[i] as FieldMark;
      const status = statuses[mark.status] ?? "ok";
      const [wide, high] =
        mark.row > 0
          ? [radiusOf(status, zoom), radiusOf(status, zoom)]
          : [clusterWidth(clusterOf(mark, kinds)) / 2, clusterRadius];
      if (Math.abs(mark.x * scale - left - x) > wide + slack || Math.abs(mark.y * scale - top - y) > high + slack)
        continue;
      hits.push(pinOf(mark, kinds));
    }
    return hits;
  }
}

/** What a mark says is made out once, not sixty times a second while the map moves. */
const clusters = new WeakMap<FieldMark, Cluster>();

function clusterOf(mark: FieldMark, kinds: readonly string[]): Cluster {
  const known = clusters.get(mark);
  if (known) return known;
  const kind = mark.kind < 0 ? "" : (kinds[mark.kind] ?? "");
  const text = shortCount(mark.count);
  const [fault, offline] = [eighths(mark.fault, mark.count), eighths(mark.offline, mark.count)];
  const made = { key: `cluster|${kind}|${text}|${fault}|${offline}`, kind, text, fault, offline };
  clusters.set(mark, made);
  return made;
}

function pinOf(mark: FieldMark, kinds: readonly string[]): Pin {
  const point = pointOf(mark.x, mark.y);
  const status = statuses[mark.status] ?? "ok";
  const shared = {
    kind: mark.kind < 0 ? "" : (kinds[mark.kind] ?? ""),
    status,
    ...point,
    count: mark.count,
    name: null,
  };
  return mark.row > 0
    ? { type: "asset", key: `row:${mark.row}`, point, row: mark.row, mark: { ...shared, id: "" } }
    : { type: "cluster", key: `cell:${mark.x}:${mark.y}`, point, mark: { ...shared, id: null } };
}
