import { titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { useMapMemory } from "./map-view.ts";
import type { Pin } from "./marks.ts";
import { degrees, lengthOf, scaleBar } from "./measure.ts";

interface Props {
  readonly nameOf: (kind: string) => string;
  readonly onZoom: (step: number) => void;
  readonly onWhole: () => void;
}

/** What stands on the map itself: crosshair, scale, north, coordinates, zoom. */
export function MapFurniture({ nameOf, onZoom, onWhole }: Props) {
  const t = useText();
  const view = useMapMemory((map) => map.view);
  const pointer = useMapMemory((map) => map.pointer);
  const bar = view && scaleBar(view.centre.lat, view.zoom, 120);
  const length = bar && lengthOf(bar.metres);
  const point = pointer?.point ?? view?.centre;
  return (
    <>
      <svg className="map-crosshair" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
        <path className="map-crosshair-halo" d="M24 2v16M24 30v16M2 24h16M30 24h16" />
        <path className="map-crosshair-line" d="M24 2v16M24 30v16M2 24h16M30 24h16" />
        <circle className="map-crosshair-line" cx="24" cy="24" r="1" />
      </svg>
      <svg className="map-north" viewBox="0 0 24 36" width="24" height="36" role="img" aria-label={t("map.north")}>
        <path className="map-north-dark" d="M12 1 12 22 4 26Z" />
        <path className="map-north-light" d="M12 1 12 22 20 26Z" />
        <text x="12" y="35">
          {t("map.north.mark")}
        </text>
      </svg>
      <div className="map-zoom">
        <button
          type="button"
          className="map-zoom-button"
          onClick={() => onZoom(1)}
          aria-label={t("map.zoom.in")}
          title={t("map.zoom.in")}
        >
          +
        </button>
        <button
          type="button"
          className="map-zoom-button"
          onClick={() => onZoom(-1)}
          aria-label={t("map.zoom.out")}
          title={t("map.zoom.out")}
        >
          −
        </button>
        <button type="button" className="map-zoom-button is-word" onClick={onWhole} title={t("map.zoom.whole")}>
          {t("map.zoom.whole.short")}
        </button>
      </div>
      <div className="map-foot">
        {bar && length && (
          <svg className="map-scale" width={bar.px + 2} height="8" aria-hidden="true">
            <path d={`M1 1v6h${bar.px}v-6`} />
          </svg>
        )}
        {length && <span className="map-figures">{t(`map.length.${length.unit}`, { value: length.value })}</span>}
        {point && (
          <span className="map-figures map-foot-point">
            {t(pointer ? "map.point.words" : "map.point.centre", {
              east: degrees(point.lng),
              north: degrees(point.lat),
            })}
          </span>
        )}
        {pointer?.pin && <span className="map-foot-pin">{pinWords(pointer.pin, nameOf, t)}</span>}
        <span className="map-foot-keys" id="map-keys">
          {t("map.keys")}
        </span>
      </div>
    </>
  );
}

function pinWords(pin: Pin, nameOf: (kind: string) => string, t: ReturnType<typeof useText>): string {
  if (pin.type === "event") return `${pin.row.number} ${titleText(pin.row.title)}`;
  const kind = nameOf(pin.mark.kind);
  if (pin.type === "cluster") return t("map.cluster.words", { kind, count: pin.mark.count });
  return `${pin.mark.name ?? kind} ${pin.mark.status === "ok" ? "" : t(`map.status.${pin.mark.status}`)}`.trim();
}
