import "leaflet/dist/leaflet.css";
import type { Map as LeafletMap } from "leaflet";
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { GeoJSON, MapContainer, useMap } from "react-leaflet";
import type { AssetShape, OutputOf } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { CalmSvg } from "./calm-svg.ts";
import { areasOf, type Label, labelsOf } from "./labels.ts";
import type { Shown } from "./layers.ts";
import { MapView, type ViewListener } from "./leaflet-canvas.ts";
import { fitPaddingPx } from "./map-ahead.ts";
import { type Bounds, boundsOf, type Pin, type Point } from "./marks.ts";
import { askFirst } from "./pin-layer.ts";
import { ShapeLines } from "./ShapeLines.tsx";
import { type Palette, readPalette, Sprites } from "./sprites.ts";
import type { AssetFilter } from "./tile-cache.ts";

export type MapBase = OutputOf<"map.base">;

/** One object for the life of the page: another style is written into every path anew. */
const styles = {
  district: { className: "map-line-district" },
  area: { className: "map-area-street" },
  grid: { className: "map-line-grid" },
  community: { className: "map-line-community" },
  street: { className: "map-line-street" },
} as const;
/** Leaflet says which map is ready; the types of react-leaflet leave it out. */
const ready = ({ target }: { target: LeafletMap }): void => askFirst(target);

/** Counts changes of theme, so that what is painted on a canvas is painted again in the new colours. */
function useThemeCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const next = () => setCount((before) => before + 1);
    const observer = new MutationObserver(next);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "style"] });
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", next);
    return () => {
      observer.disconnect();
      media.removeEventListener("change", next);
    };
  }, []);
  return count;
}

export interface StageProps {
  readonly base: MapBase;
  readonly shown: Shown;
  readonly pins: readonly Pin[];
  /** Lines and areas of the layers shown. */
  readonly shapes: readonly AssetShape[];
  readonly kinds: readonly AssetKind[];
  readonly chosen: string | undefined;
  /** Where the chosen asset stands. */
  readonly chosenAsset: Point | undefined;
  /** Which assets are drawn. */
  readonly filter: AssetFilter;
  /** A point of the ground that was chosen. */
  readonly spot: Point | undefined;
  readonly now: number;
  readonly letterOf: (kind: string) => string;
  /** Where to look at first; without: the whole street. */
  readonly start: { readonly centre: Point; readonly zoom: number } | undefined;
  readonly listener: ViewListener;
  readonly onView: (view: MapView | undefined) => void;
  /** What the tools draw over it. */
  readonly children?: ReactNode;
}

/** The map without words around it: outlines, areas, fire roads as quiet lines, and the canvas of pins. */
export const MapStage = memo(function MapStage(props: StageProps) {
  const { base, shown } = props;
  const communities = useMemo(() => areasOf(base.areas, "community"), [base.areas]);
  const grids = useMemo(() => areasOf(base.areas, "grid"), [base.areas]);
  const whole = useMemo(() => boundsOf(base.street) ?? boundsOf(base.district), [base]);
  const renderer = useMemo(() => new CalmSvg({ padding: 0.2 }), []);
  const limits = useMemo(() => widened(boundsOf(base.district) ?? whole, 0.15), [base.district, whole]);
  return (
    <MapContainer
      className="map-canvas"
      {...(props.start || !whole
        ? {
            center: [props.start?.centre.lat ?? base.center.lat, props.start?.centre.lng ?? base.center.lng] as [
              number,
              number,
            ],
            zoom: props.start?.zoom ?? 13,
          }
        : { bounds: cornersOf(whole), boundsOptions: { padding: [fitPaddingPx, fitPaddingPx] as [number, number] } })}
      whenReady={ready as () => void}
      minZoom={9.5}
      maxZoom={19}
      zoomSnap={0.25}
      zoomDelta={1}
      wheelPxPerZoomLevel={120}
      zoomControl={false}
      attributionControl={false}
      keyboard={false}
      zoomAnimation={false}
      fadeAnimation={false}
      inertia={false}
      doubleClickZoom={false}
      maxBoundsViscosity={1}
      renderer={renderer}
      {...(limits ? { maxBounds: cornersOf(limits) } : {})}
    >
      <GeoJSON data={base.district as never} interactive={false} style={styles.district} />
      <GeoJSON data={base.street as never} interactive={false} style={styles.area} />
      {shown.grids && <GeoJSON data={grids as never} interactive={false} style={styles.grid} />}
      {shown.communities && <GeoJSON data={communities as never} interactive={false} style={styles.community} />}
      <GeoJSON data={base.street as never} interactive={false} style={styles.street} />
      <ShapeLines shapes={props.shapes} kinds={props.kinds} chosen={props.chosen} />
      <Pins {...props} />
      {props.children}
    </MapContainer>
  );
});

function Pins({ base, shown, pins, chosen, chosenAsset, filter, spot, now, letterOf, listener, onView }: StageProps) {
  const map = useMap();
  const theme = useThemeCount();
  const view = useRef<MapView>(undefined);
  const sprites = useMemo(() => new Sprites(() => view.current?.repaint()), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read again when the theme changes
  const palette: Palette = useMemo(() => readPalette(map.getContainer()), [map, theme]);
  useEffect(() => {
    if (palette) sprites.clear();
  }, [palette, sprites]);
  const labels: Label[] = useMemo(() => labelsOf(base.areas, shown), [base.areas, shown]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for the life of the map
  useEffect(() => {
    const made = new MapView(map);
    view.current = made;
    onView(made);
    return () => {
      onView(undefined);
      view.current = undefined;
      made.end();
    };
  }, [map]);

  useEffect(() => view.current?.listen(listener), [listener]);
  useEffect(() => view.current?.show(pins), [pins]);
  useEffect(() => view.current?.filter(filter), [filter]);
  useEffect(
    () => view.current?.dress({ palette, sprites, now, chosen, letterOf }, labels, { spot, asset: chosenAsset }),
    [palette, sprites, now, chosen, letterOf, labels, spot, chosenAsset],
  );
  return null;
}

const cornersOf = ({ south, west, north, east }: Bounds): [[number, number], [number, number]] => [
  [south, west],
  [north, east],
];

function widened(bounds: Bounds | undefined, by: number): Bounds | undefined {
  if (!bounds) return undefined;
  const dx = (bounds.east - bounds.west) * by;
  const dy = (bounds.north - bounds.south) * by;
  return { west: bounds.west - dx, south: bounds.south - dy, east: bounds.east + dx, north: bounds.north + dy };
}
