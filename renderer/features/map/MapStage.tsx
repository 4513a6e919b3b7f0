import "leaflet/dist/leaflet.css";
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { GeoJSON, MapContainer, useMap } from "react-leaflet";
import type { AssetShape, OutputOf } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { CalmSvg } from "./calm-svg.ts";
import { areasOf, type Label, labelsOf } from "./labels.ts";
import type { Shown } from "./layers.ts";
import { MapView, type ViewListener } from "./leaflet-canvas.ts";
import { type Bounds, boundsOf, type Pin, type Point } from "./marks.ts";
import { ShapeLines } from "./ShapeLines.tsx";
import { type Palette, readPalette, Sprites } from "./sprites.ts";
import type { AssetFilter } from "./tile-cache.ts";

export type MapBase = OutputOf<"map.base">;

const quiet = { interactive: false } as const;

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
      center={[props.start?.centre.lat ?? base.center.lat, props.start?.centre.lng ?? base.center.lng]}
      zoom={props.start?.zoom ?? 13}
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
      {...(limits
        ? {
            maxBounds: [
              [limits.south, limits.west],
              [limits.north, limits.east],
            ] as [[number, number], [number, number]],
          }
        : {})}
    >
      <GeoJSON data={base.district as never} {...quiet} style={{ className: "map-line-district" }} />
      <GeoJSON data={base.street as never} {...quiet} style={{ className: "map-area-street" }} />
      {shown.grids && <GeoJSON data={grids as never} {...quiet} style={{ className: "map-line-grid" }} />}
      {shown.communities && (
        <GeoJSON data={communities as never} {...quiet} style={{ className: "map-line-community" }} />
      )}
      <GeoJSON data={base.street as never} {...quiet} style={{ className: "map-line-street" }} />
      <ShapeLines shapes={props.shapes} kinds={props.kinds} chosen={props.chosen} />
      <Pins {...props} whole={whole} />
      {props.children}
    </MapContainer>
  );
});

function Pins({
  base,
  shown,
  pins,
  chosen,
  chosenAsset,
  filter,
  spot,
  now,
  letterOf,
  start,
  listener,
  onView,
  whole,
}: StageProps & { whole: Bounds | undefined }) {
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for the life of the map; where it starts is read once
  useEffect(() => {
    const made = new MapView(map);
    view.current = made;
    if (!start && whole) made.fit(whole);
    // First of all questions of this place.
    made.askNow();
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

function widened(bounds: Bounds | undefined, by: number): Bounds | undefined {
  if (!bounds) return undefined;
  const dx = (bounds.east - bounds.west) * by;
  const dy = (bounds.north - bounds.south) * by;
  return { west: bounds.west - dx, south: bounds.south - dy, east: bounds.east + dx, north: bounds.north + dy };
}
