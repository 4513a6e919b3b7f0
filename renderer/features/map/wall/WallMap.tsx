import "leaflet/dist/leaflet.css";
import "../map.css";
import type { Map as LeafletMap } from "leaflet";
import { memo, useContext, useEffect, useMemo, useState } from "react";
import { GeoJSON, MapContainer, useMap } from "react-leaflet";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { LookContext } from "#renderer/parts/look-context.ts";
import type { OutputOf, WallRow } from "#shared/contract.ts";
import { areasOf, type Label, labelsOf } from "../labels.ts";
import { type Bounds, boundsOf } from "../marks.ts";
import { readPalette } from "../sprites.ts";
import { EventLayer } from "./event-layer.ts";

const styles = {
  district: { className: "map-line-district" },
  area: { className: "map-area-street" },
  community: { className: "map-line-community" },
  street: { className: "map-line-street" },
} as const;
const shownNames = { communities: true, grids: false };
/** Of the map's own height and width, between what it shows and its edge. */
const edge = 0.06;

/** The open events where they are, for eyes alone: nothing can be pressed, moved or chosen. Moves only when an event lies outside. */
export const WallMap = memo(function WallMap({
  rows,
  now,
  label,
}: {
  rows: readonly WallRow[];
  now: number;
  label: string;
}) {
  const ground = useDesk("wall.ground", {}).data;
  return (
    <div className="wall-map" role="img" aria-label={label}>
      {ground && <Ground ground={ground} rows={rows} now={now} />}
    </div>
  );
});

type GroundOf = OutputOf<"wall.ground">;

function Ground({ ground, rows, now }: { ground: GroundOf; rows: readonly WallRow[]; now: number }) {
  const { street, district, areas } = ground;
  const communities = useMemo(() => areasOf(areas, "community"), [areas]);
  const labels = useMemo(() => labelsOf(areas, shownNames), [areas]);
  const whole = useMemo(() => boundsOf(street) ?? boundsOf(district), [street, district]);
  if (!whole) return null;
  return (
    <MapContainer
      className="map-canvas"
      bounds={cornersOf(whole)}
      zoomSnap={0}
      zoomControl={false}
      attributionControl={false}
      dragging={false}
      scrollWheelZoom={false}
      doubleClickZoom={false}
      boxZoom={false}
      touchZoom={false}
      keyboard={false}
      zoomAnimation={false}
      fadeAnimation={false}
      inertia={false}
    >
      <GeoJSON data={district as never} interactive={false} style={styles.district} />
      <GeoJSON data={street as never} interactive={false} style={styles.area} />
      <GeoJSON data={communities as never} interactive={false} style={styles.community} />
      <GeoJSON data={street as never} interactive={false} style={styles.street} />
      <Events rows={rows} labels={labels} whole={whole} now={now} />
    </MapContainer>
  );
}

function Events(props: { rows: readonly WallRow[]; labels: readonly Label[]; whole: Bounds; now: number }) {
  const { rows, labels, whole, now } = props;
  const map = useMap();
  const { shown } = useContext(LookContext);
  const [layer] = useState(() => new EventLayer());
  useEffect(() => {
    layer.addTo(map);
    return () => void layer.remove();
  }, [layer, map]);
  // The theme stands on the page only after this effect.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another palette.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      layer.scene = { rows, labels, palette: readPalette(map.getContainer()), now };
    });
    return () => cancelAnimationFrame(frame);
  }, [layer, map, rows, labels, now, shown]);
  const { west, south, east, north } = useMemo(() => around(whole, rows), [whole, rows]);
  useEffect(() => {
    // Told at once as well: also by a band of alarms above it, of which the map itself hears nothing.
    const sizes = new ResizeObserver(() => {
      map.invalidateSize({ animate: false, pan: false });
      fitTo(map, { west, south, east, north });
    });
    sizes.observe(map.getContainer());
    return () => sizes.disconnect();
  }, [map, west, south, east, north]);
  return null;
}

/** The street, and whatever is open beyond it. */
const around = (whole: Bounds, rows: readonly WallRow[]): Bounds =>
  rows.reduce(
    (bounds, { point }) =>
      point
        ? {
            west: Math.min(bounds.west, point.lng),
            south: Math.min(bounds.south, point.lat),
            east: Math.max(bounds.east, point.lng),
            north: Math.max(bounds.north, point.lat),
          }
        : bounds,
    whole,
  );

function fitTo(map: LeafletMap, bounds: Bounds): void {
  const { x, y } = map.getSize();
  map.fitBounds(cornersOf(bounds), { padding: [x * edge, y * edge], animate: false });
}

const cornersOf = ({ south, west, north, east }: Bounds): [[number, number], [number, number]] => [
  [south, west],
  [north, east],
];
