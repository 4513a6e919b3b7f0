import { DomUtil, Layer, type Map as LeafletMap } from "leaflet";
import type { Basemap, OutputOf } from "#shared/contract.ts";

type Tile = OutputOf<"basemap.tile">;
export type AskTile = (place: { layer: number; z: number; x: number; y: number }) => Promise<Tile | undefined>;
export interface Coverage {
  readonly asked: number;
  readonly here: number;
  readonly notKept: number;
}

/** More tiles than this are not laid out at once: a wrong zoom must not ask for a district of them. */
const mostTiles = 220;

interface Laid {
  readonly element: HTMLImageElement;
  readonly place: { readonly layer: number; readonly z: number; readonly x: number; readonly y: number };
  state: Tile["state"] | "waiting";
}

/** West, south, east, north of a tile, degrees. */
export function tileBounds(
  layout: Basemap["layout"],
  z: number,
  x: number,
  y: number,
): [number, number, number, number] {
  const span = 360 / 2 ** z;
  const west = x * span - 180;
  if (layout === "degrees") return [west, 90 - (y + 1) * span, west + span, 90 - y * span];
  const lat = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return [west, lat(y + 1), west + span, lat(y)];
}

/** The tile that holds a place. */
export function tileHolding(layout: Basemap["layout"], z: number, lng: number, lat: number): { x: number; y: number } {
  const x = Math.floor((lng + 180) / (360 / 2 ** z));
  if (layout === "degrees") return { x, y: Math.floor((90 - lat) / (360 / 2 ** z)) };
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return { x, y: Math.floor(y * 2 ** z) };
}

/**
 * Pictures of a basemap under everything else. Each tile is laid between the places of its own corners, so that tiles in degrees
 * (Tianditu `_c`) fit a Mercator map too: within one tile the two differ by less than a tenth of a pixel at street zooms.
 */
export class TileLayer extends Layer {
  readonly #basemap: Basemap;
  readonly #ask: AskTile;
  readonly #told: (coverage: Coverage) => void;
  readonly #frame = DomUtil.create("div", "map-tiles");
  readonly #laid = new Map<string, Laid>();
  #leaflet: LeafletMap | undefined;

  constructor(basemap: Basemap, ask: AskTile, told: (coverage: Coverage) => void) {
    super();
    this.#basemap = basemap;
    this.#ask = ask;
    this.#told = told;
  }

  override onAdd(map: LeafletMap): this {
    this.#leaflet = map;
    map.getPane("tilePane")?.append(this.#frame);
    this.#lay();
    return this;
  }

  override onRemove(): this {
    this.#frame.remove();
    this.#laid.clear();
    this.#leaflet = undefined;
    return this;
  }

  override getEvents() {
    const lay = () => this.#lay();
    return { moveend: lay, zoomend: lay, viewreset: lay, resize: lay };
  }

  #lay(): void {
    const map = this.#leaflet;
    if (!map) return;
    const { layout, minZoom, maxZoom, layers } = this.#basemap;
    const z = Math.max(minZoom, Math.min(maxZoom, Math.round(map.getZoom())));
    const view = map.getBounds();
    const from = tileHolding(layout, z, view.getWest(), view.getNorth());
    const to = tileHolding(layout, z, view.getEast(), view.getSouth());
    const wanted = new Set<string>();
    // Far out, a package of the near would be thousands of tiles.
    const count = (to.x - from.x + 1) * (to.y - from.y + 1) * layers;
    if (count <= mostTiles)
      for (let layer = 0; layer < layers; layer++)
        for (let x = from.x; x <= to.x; x++)
          for (let y = from.y; y <= to.y; y++) {
            const key = `${layer}/${z}/${x}/${y}`;
            wanted.add(key);
            this.#put(key, { layer, z, x, y });
          }
    for (const [key, { element }] of this.#laid) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#laid.delete(key);
    }
    this.#tell();
  }

  #put(key: string, place: Laid["place"]): void {
    const map = this.#leaflet;
    if (!map) return;
    let laid = this.#laid.get(key);
    if (!laid) {
      const element = DomUtil.create("img", "map-tile", this.#frame);
      element.alt = "";
      element.style.zIndex = String(place.layer);
      laid = { element, place, state: "waiting" };
      this.#laid.set(key, laid);
      void this.#bring(laid);
    }
    const [west, south, east, north] = tileBounds(this.#basemap.layout, place.z, place.x, place.y);
    const start = map.latLngToLayerPoint([north, west]).round();
    const end = map.latLngToLayerPoint([south, east]).round();
    DomUtil.setPosition(laid.element, start);
    laid.element.style.width = `${end.x - start.x}px`;
    laid.element.style.height = `${end.y - start.y}px`;
  }

  async #bring(laid: Laid): Promise<void> {
    const tile = await this.#ask(laid.place);
    laid.state = tile?.state ?? "broken";
    if (tile?.state === "here") laid.element.src = `data:${tile.type};base64,${tile.base64}`;
    this.#tell();
  }

  #tell(): void {
    const states = [...this.#laid.values()].filter(({ place }) => place.layer === 0).map(({ state }) => state);
    this.#told({
      asked: states.filter((state) => state !== "waiting").length,
      here: states.filter((state) => state === "here").length,
      notKept: states.filter((state) => state === "not_kept").length,
    });
  }
}
