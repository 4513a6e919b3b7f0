import { divIcon } from "leaflet";
import { useEffect, useMemo } from "react";
import { Marker, useMap } from "react-leaflet";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import type { Pin } from "../marks.ts";
import { stemPx } from "../paint.ts";

/** More pulses than these say nothing more. */
const mostPulses = 40;
const sizePx = 34;
const beatMs = 800;

/** A ring around the head of every late event: it beats, or stands still where the system asks for less motion. */
export function LatePins({ pins, now }: { pins: readonly Pin[]; now: number }) {
  const map = useMap();
  const icon = useMemo(
    () =>
      divIcon({
        className: "map-late",
        html: "",
        iconSize: [sizePx, sizePx],
        iconAnchor: [sizePx / 2, sizePx / 2 + stemPx],
      }),
    [],
  );
  const late = pins
    .filter((pin) => pin.type === "event" && clockAt(pin.row.clock, now).state === "late")
    .slice(0, mostPulses);
  const beats = late.length > 0;
  // Two pictures a beat, not sixty a second: a ring that moves all the time makes the page paint the whole map all the time.
  useEffect(() => {
    if (!beats) return;
    const place = map.getContainer();
    const timer = setInterval(() => place.classList.toggle("map-beat"), beatMs);
    return () => clearInterval(timer);
  }, [map, beats]);
  return late.map((pin) => (
    <Marker key={pin.key} position={[pin.point.lat, pin.point.lng]} icon={icon} interactive={false} keyboard={false} />
  ));
}
