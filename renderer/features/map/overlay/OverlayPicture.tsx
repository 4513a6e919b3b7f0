import { divIcon } from "leaflet";
import { useEffect, useMemo, useRef, useState } from "react";
import { Marker, Polygon, Tooltip, useMap } from "react-leaflet";
import { useText } from "#renderer/text/text.ts";
import type { Corners, OverlayPicture as Picture } from "#shared/domain/overlay/picture.ts";
import { rounded } from "../measure.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { PictureLayer } from "./picture-layer.ts";

/** A picture of a battle map on the ground; where it is not on this desk, its frame with the words. */
export function OverlayPicture({ picture }: { picture: Picture }) {
  const t = useText();
  const map = useMap();
  const layer = useRef<PictureLayer>(undefined);
  const [none, setNone] = useState<"away" | "broken">();
  const { hash, corners, opacity } = picture;
  const latest = useRef(picture);
  latest.current = picture;

  useEffect(() => {
    let here = true;
    setNone(undefined);
    void fetchPicture(hash).then((found) => {
      if (typeof found === "string") {
        if (here) setNone(found);
      } else if (!here) found.close();
      else {
        layer.current = new PictureLayer(found, latest.current.corners).addTo(map);
        layer.current.show(latest.current.corners, latest.current.opacity);
      }
    });
    return () => {
      here = false;
      layer.current?.remove();
      layer.current = undefined;
    };
  }, [map, hash]);
  useEffect(() => layer.current?.show(corners, opacity), [corners, opacity]);

  if (!none) return null;
  return (
    <Polygon
      positions={corners.map(({ lng, lat }): [number, number] => [lat, lng])}
      interactive={false}
      className="map-picture-frame"
    >
      <Tooltip permanent direction="center" className="map-mark-name">
        {t(`overlay.picture.${none}`)}
      </Tooltip>
    </Polygon>
  );
}

/** The four corners of the picture that is being laid, to be dragged. */
export function PictureCorners({ picture, onMove }: { picture: Picture; onMove: (corners: Corners) => void }) {
  const t = useText();
  const icons = useMemo(
    () =>
      [1, 2, 3, 4].map((number) =>
        divIcon({ className: "map-picture-corner", html: String(number), iconSize: [22, 22], iconAnchor: [11, 11] }),
      ),
    [],
  );
  return picture.corners.map((corner, i) => (
    <Marker
      // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its number
      key={i}
      draggable
      keyboard={false}
      position={[corner.lat, corner.lng]}
      title={t("overlay.corner", { number: i + 1 })}
      icon={icons[i] as (typeof icons)[0]}
      eventHandlers={{
        drag: ({ target }) => {
          const { lng, lat } = target.getLatLng() as { lng: number; lat: number };
          onMove(picture.corners.map((one, at) => (at === i ? rounded({ lng, lat }) : one)) as unknown as Corners);
        },
      }}
    />
  ));
}
