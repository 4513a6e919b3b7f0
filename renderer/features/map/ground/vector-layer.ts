import * as leaflet from "leaflet";
import type { LineSymbolizer as Line, PaintRule } from "protomaps-leaflet";
import type { AskTile } from "./tile-layer.ts";

/** Colours of a quiet ground; the same meaning by day and by night. */
export interface GroundColours {
  readonly land: string;
  readonly green: string;
  readonly water: string;
  readonly road: string;
  readonly edge: string;
  readonly building: string;
  readonly words: string;
}

/**
 * A vector basemap drawn on canvas tiles. The library expects Leaflet under its global name and takes its tiles from an object
 * that answers like a package; ours asks the desk. Layers are known by the names of the two common schemes.
 */
export async function vectorLayer(ask: AskTile, maxZoom: number, colours: GroundColours): Promise<leaflet.Layer> {
  (globalThis as { L?: unknown }).L ??= leaflet;
  const { CenteredTextSymbolizer, LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer, leafletLayer } = await import(
    "protomaps-leaflet"
  );
  const fill = (dataLayer: string, colour: string): PaintRule => ({
    dataLayer,
    symbolizer: new PolygonSymbolizer({ fill: colour }),
  });
  const line = (dataLayer: string, color: string, width: (z: number) => number): PaintRule => ({
    dataLayer,
    symbolizer: new LineSymbolizer({ color, width }) as Line,
  });
  const roadWidth = (z: number) => (z < 12 ? 0.8 : z < 15 ? 1.6 : 3);
  const source = {
    getZxy: async (z: number, x: number, y: number) => {
      const tile = await ask({ layer: 0, z, x, y });
      return tile?.state === "here"
        ? { data: Uint8Array.from(atob(tile.base64), (letter) => letter.charCodeAt(0)).buffer }
        : undefined;
    },
  };
  const words = {
    font: "12px sans-serif",
    fill: colours.words,
    stroke: colours.land,
    width: 2,
    labelProps: ["name:zh", "name:zh-Hans", "name"],
  };
  return leafletLayer({
    url: source as never,
    maxDataZoom: maxZoom,
    backgroundColor: colours.land,
    paintRules: [
      fill("earth", colours.land),
      ...["landuse", "landcover", "park"].map((name) => fill(name, colours.green)),
      fill("water", colours.water),
      line("waterway", colours.water, () => 1.2),
      fill("buildings", colours.building),
      fill("building", colours.building),
      ...["roads", "transportation"].map((name) => line(name, colours.road, roadWidth)),
      ...["boundaries", "boundary"].map((name) => line(name, colours.edge, () => 1)),
    ],
    labelRules: [
      ...["places", "place"].map((dataLayer) => ({ dataLayer, symbolizer: new CenteredTextSymbolizer(words) })),
      ...["roads", "transportation_name"].map((dataLayer) => ({
        dataLayer,
        minzoom: 14,
        symbolizer: new LineLabelSymbolizer(words),
      })),
    ],
  }) as unknown as leaflet.Layer;
}
