import { CircleMarker, Polygon, Polyline, Tooltip } from "react-leaflet";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import type { OverlayMark } from "#shared/domain/overlay/overlay.ts";
import type { Position } from "#shared/lib/geo.ts";
import { useMapTools } from "../map-tools.ts";
import { OverlayPicture, PictureCorners } from "./OverlayPicture.tsx";

const latLng = ([lng, lat]: Position): [number, number] => [lat, lng];

/** The battle maps that are switched on, and the one that is being drawn. */
export function OverlayLayer() {
  const on = useMapTools((tools) => tools.overlaysOn);
  const drawing = useMapTools((tools) => tools.marksDrawn);
  const laid = useMapTools((tools) => tools.pictureLaid);
  const overlays = useDesk("overlay.list", {}, { enabled: on.length > 0 });
  const shown = (overlays.data?.rows ?? []).filter(({ overlay }) => on.includes(overlay.id));
  const marks = [
    ...shown.flatMap(({ overlay }) =>
      overlay.marks.map((mark, i) => ({ key: `${overlay.id}:${overlay.version}:${i}`, mark })),
    ),
    ...drawing.map((mark, i) => ({ key: `drawing:${i}:${mark.label}:${mark.meaning}`, mark })),
  ];
  return (
    <>
      {shown.map(({ overlay }) => overlay.picture && <OverlayPicture key={overlay.id} picture={overlay.picture} />)}
      {laid && <OverlayPicture picture={laid.picture} />}
      {laid && <PictureCorners picture={laid.picture} onMove={(corners) => laid.moved({ ...laid.picture, corners })} />}
      {marks.map(({ key, mark }) => (
        <OneMark key={key} mark={mark} />
      ))}
    </>
  );
}

function OneMark({ mark }: { mark: OverlayMark }) {
  const { point, shape, meaning, label } = mark;
  const path = { interactive: false, className: `map-mark is-${meaning}` };
  const name = label && (
    <Tooltip permanent direction="center" className="map-mark-name">
      {label}
    </Tooltip>
  );
  if (point)
    return (
      <CircleMarker {...path} center={[point.lat, point.lng]} radius={7}>
        {name}
      </CircleMarker>
    );
  if (shape?.type === "LineString")
    return (
      <Polyline {...path} positions={shape.coordinates.map(latLng)}>
        {name}
      </Polyline>
    );
  return shape ? (
    <Polygon {...path} positions={shape.coordinates.map((ring) => ring.map(latLng))}>
      {name}
    </Polygon>
  ) : null;
}
