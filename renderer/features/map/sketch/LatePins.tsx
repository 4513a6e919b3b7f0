import { divIcon } from "leaflet";
import { useMemo } from "react";
import { Marker } from "react-leaflet";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import type { Pin } from "../marks.ts";
import { stemPx } from "../paint.ts";

/** More pulses than these say nothing more. */
const mostPulses = 40;
const sizePx = 34;

/** A ring around the head of every late event: it pulses, or stands still where the system asks for less motion. */
export function LatePins({ pins, now }: { pins: readonly Pin[]; now: number }) {
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
  return late.map((pin) => (
    <Marker key={pin.key} position={[pin.point.lat, pin.point.lng]} icon={icon} interactive={false} keyboard={false} />
  ));
}
