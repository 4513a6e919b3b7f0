import type { Map as LeafletMap } from "leaflet";
import { shortCount } from "#renderer/text/format.ts";
import { assetStatuses as statuses } from "#shared/domain/asset/asset.ts";
import { levelFor, pointOf, type Unit, unitOf } from "#shared/domain/asset/tiles.ts";
import { AssetField, type FieldMark, keysIn, pixelsPerUnit, type UnitView } from "./asset-field.ts";
import { CanvasLayer } from "./canvas-layer.ts";
import type { Label } from "./labels.ts";
import { hitAt, type Pin, type Placed, type Point, paintRank } from "./marks.ts";
import {
  type Cluster,
  clusterRadius,
  clusterWidth,
  eighths,
  eventRadius,
  paintEvents,
  paintRing,
  paintSpot,
  putAsset,
  putCluster,
  putLabel,
  radiusOf,
  type Scene,
  stemPx,
} from "./paint.ts";
import { pageTiles } from "./tile-cache.ts";

/** How a unit of the map becomes a pixel of the container. */
interface Ground {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

interface Point2 {
  readonly x: number;
  readonly y: number;
}

/** What stands somewhere: its place is made out once, its pixel at each painting. */
interface Standing {
  readonly at: Unit;
  x: number;
  y: number;
}

const standing = ({ lng, lat }: Point): Standing => ({ at: unitOf(lng, lat), x: 0, y: 0 });

function place(one: Standing, { scale, left, top }: Ground): void {
  one.x = one.at.x * scale - left;
  one.y = one.at.y * scale - top;
}

/** The view of a map in units. */
function unitView(map: LeafletMap): UnitView {
  const { min, max } = map.getPixelBounds() as { min: Point2; max: Point2 };
  const zoom = map.getZoom();
  const unit = (pixel: number) => Math.floor(pixel / pixelsPerUnit(zoom));
  return { left: unit(min.x), top: unit(min.y), right: unit(max.x), bottom: unit(max.y), zoom };
}

/** Asks for what a map that has just come to be will paint: before its layers are made, so that the answer does not wait for them. */
export function askFirst(map: LeafletMap): void {
  const view = unitView(map);
  pageTiles.want(keysIn(levelFor(view.zoom), view, 0));
}

/** All assets and events on one canvas. */
export class PinLayer extends CanvasLayer {
  readonly field = new AssetField(() => this.paintSoon());
  #scene: Scene | undefined;
  #labels: readonly (Label & Standing)[] = [];
  /** Names come with the second painting: whoever opens the map waits for what stands on it, not for the shaping of words. */
  #named = false;
  #spot: Standing | undefined;
  #chosenAsset: Standing | undefined;
  /** Events in painting order; those in view of the last painting come again in `#placed`. */
  #events: readonly (Placed & Standing)[] = [];
  readonly #placed: Placed[] = [];
  #pins: readonly Pin[] = [];

  set pins(pins: readonly Pin[]) {
    const now = this.#scene?.now ?? 0;
    this.#pins = pins;
    this.#events = pins
      .filter((pin) => pin.type === "event")
      .map((pin) => ({ pin, rank: paintRank(pin, now) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ pin }) => ({ pin, ...standing(pin.point), radius: eventRadius }));
    this.paintSoon();
  }

  set labels(labels: readonly Label[]) {
    this.#labels = labels.map((label) => ({ ...label, ...standing(label.point) }));
  }

  /** A point of the ground that was chosen, where no pin stands. */
  set spot(point: Point | undefined) {
    this.#spot = point && standing(point);
  }

  /** The asset that is chosen. */
  set chosenAsset(point: Point | undefined) {
    this.#chosenAsset = point && standing(point);
  }

  set scene(scene: Scene) {
    const later = scene.now !== this.#scene?.now;
    this.#scene = scene;
    if (later) this.pins = this.#pins;
  }

  override onRemove(): this {
    this.field.end();
    return super.onRemove();
  }

  protected override paint(): void {
    const map = this.leaflet;
    const scene = this.#scene;
    const to = this.canvas.getContext("2d");
    if (!map || !scene || !to) return;
    const size = this.canvasFor(map, to);
    const zoom = map.getZoom();
    const full = { ...scene, zoom };
    const ground = this.#ground();
    const { made, whole } = this.field.look(ground.view);
    this.#paintAssets(to, ground, size, full, (mark) => mark.row > 0 && mark.status === 0);
    // Names lie over what is well and under what is news.
    if (this.#named) this.#paintLabels(to, ground, size, full);
    this.#paintAssets(to, ground, size, full, (mark) => mark.row === 0 || mark.status !== 0);
    full.sprites.flush(to);
    this.#placed.length = 0;
    for (const one of this.#events) {
      place(one, ground);
      one.y -= stemPx;
      if (one.x < -40 || one.y < -60 || one.x > size.x + 40 || one.y > size.y + 40) continue;
      this.#placed.push(one);
    }
    paintEvents(to, this.#placed, full);
    if (this.#chosenAsset) {
      place(this.#chosenAsset, ground);
      paintRing(to, this.#chosenAsset.x, this.#chosenAsset.y, radiusOf("fault", zoom) + 5, full);
    }
    if (this.#spot) {
      place(this.#spot, ground);
      paintSpot(to, this.#spot.x, this.#spot.y, full);
    }
    if (whole && !this.#named) {
      this.#named = true;
      this.paintSoon();
    }
    // For tests and benches: what has been painted, and whether something is still awaited.
    const { dataset } = this.canvas;
    if (dataset.painted !== made) dataset.painted = made;
    if (dataset.whole !== String(whole)) dataset.whole = String(whole);
  }

  /** Where the map stands in units, and how a unit becomes a pixel of the container. */
  #ground(): Ground & { readonly view: UnitView } {
    const map = this.leaflet as LeafletMap;
    const { x: left, y: top } = map.getPixelBounds().min as Point2;
    return { view: unitView(map), scale: pixelsPerUnit(map.getZoom()), left, top };
  }

  #paintLabels(to: CanvasRenderingContext2D, ground: Ground, size: Point2, scene: Scene): void {
    for (const label of this.#labels) {
      if (scene.zoom < label.fromZoom) continue;
      place(label, ground);
      if (label.x > -80 && label.y > -20 && label.x < size.x + 80 && label.y < size.y + 20) putLabel(to, label, scene);
    }
  }

  #paintAssets(
    to: CanvasRenderingContext2D,
    { scale, left, top }: Ground,
    size: Point2,
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
  }

  /** Pins under a point of the container, topmost first: events, then assets. */
  hitAt(x: number, y: number, slack = 4): Pin[] {
    const hits = hitAt(this.#placed, x, y, slack);
    if (!this.leaflet) return hits;
    const { scale, left, top } = this.#ground();
    const zoom = this.leaflet.getZoom();
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
