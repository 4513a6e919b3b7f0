import type { Layer } from "leaflet";
import { useEffect } from "react";
import { useMap } from "react-leaflet";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useMapFiles } from "../files/files-store.ts";
import { useChosenBasemap } from "./chosen-basemap.ts";
import { type AskTile, TileLayer } from "./tile-layer.ts";
import { vectorLayer } from "./vector-layer.ts";

/** The basemap that this officer has chosen, under everything else. */
export function BasemapLayer() {
  const map = useMap();
  const session = useDesk("session.current", {});
  const list = useDesk("basemap.list", {});
  const { id, enter } = useChosenBasemap();
  const officer = session.data?.officer?.id ?? "";
  useEffect(() => enter(officer), [officer, enter]);
  const basemap = list.data?.basemaps.find((one) => one.id === id);
  const signature =
    basemap &&
    JSON.stringify([basemap.id, basemap.tiles, basemap.layout, basemap.layers, basemap.minZoom, basemap.maxZoom]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept of it grows with each tile and must not lay it anew
  useEffect(() => {
    if (!basemap) return;
    let shown: Layer | undefined;
    let gone = false;
    const ask: AskTile = async (place) => {
      const answer = await callDesk("basemap.tile", { id: basemap.id, ...place });
      return answer.ok ? answer.value : undefined;
    };
    const { cover } = useMapFiles.getState();
    if (basemap.tiles === "raster") shown = new TileLayer(basemap, ask, cover).addTo(map);
    else
      void vectorLayer(ask, basemap.maxZoom, coloursOf(map.getContainer())).then((layer) => {
        if (!gone) shown = layer.addTo(map);
      });
    map.getContainer().classList.add("map-has-ground");
    return () => {
      gone = true;
      shown?.remove();
      map.getContainer().classList.remove("map-has-ground");
      cover({ asked: 0, here: 0, notKept: 0 });
    };
  }, [map, signature]);
  return null;
}

function coloursOf(container: HTMLElement) {
  const style = getComputedStyle(container);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    land: of("--pane"),
    green: of("--map-green"),
    water: of("--map-water"),
    road: of("--line-field"),
    edge: of("--text-faint"),
    building: of("--line-soft"),
    words: of("--text-soft"),
  };
}
