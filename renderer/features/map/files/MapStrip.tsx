import { useRef } from "react";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { areaM2, lengthM, type Position } from "#shared/lib/geo.ts";
import { useChosenBasemap } from "../ground/chosen-basemap.ts";
import { useMapFiles } from "./files-store.ts";

const metresText = (metres: number): [string, string] =>
  metres < 1000 ? ["m", metres.toFixed(0)] : ["km", (metres / 1000).toFixed(2)];
const areaText = (square: number): [string, string] =>
  square < 100_000 ? ["m2", square.toFixed(0)] : ["km2", (square / 1e6).toFixed(3)];

/** Buttons for the ground of the map, files and measuring; what is measured; and whether the basemap has anything here. */
export function MapStrip() {
  const t = useText();
  const { panel, open, measured, measure, coverage } = useMapFiles();
  const basemap = useChosenBasemap((chosen) => chosen.id);
  const strip = useRef<HTMLDivElement>(null);
  const toggle = (one: NonNullable<typeof panel>) => open(panel === one ? undefined : one);
  const line = (measured ?? []).map(({ lng, lat }): Position => [lng, lat]);
  const [lengthUnit, length] = metresText(lengthM(line));
  const [areaUnit, area] = areaText(
    line.length > 2 ? areaM2({ type: "Polygon", coordinates: [[...line, line[0] as Position]] }) : 0,
  );
  return (
    <div className="map-strip" ref={strip}>
      <div className="map-strip-buttons" role="toolbar" aria-label={t("files.strip")}>
        <Button
          onPress={() => toggle("basemap")}
          hotkey={hotkeys.map.basemap}
          keyLabel={t("files.basemap")}
          aria-pressed={panel === "basemap"}
        >
          {t("files.basemap")}
        </Button>
        <Button
          onPress={() => toggle("import")}
          hotkey={hotkeys.map.import}
          keyLabel={t("files.import")}
          aria-pressed={panel === "import"}
        >
          {t("files.import")}
        </Button>
        <Button
          onPress={() => toggle("export")}
          hotkey={hotkeys.map.export}
          keyLabel={t("files.export")}
          aria-pressed={panel === "export"}
        >
          {t("files.export")}
        </Button>
        <Button
          onPress={() => measure(measured ? undefined : [])}
          hotkey={hotkeys.map.measure}
          keyLabel={t("files.measure")}
          aria-pressed={measured !== undefined}
        >
          {t("files.measure")}
        </Button>
        <Button
          hotkey={hotkeys.map.full}
          keyLabel={t("files.full")}
          onPress={() => {
            if (document.fullscreenElement) void document.exitFullscreen();
            else void strip.current?.closest(".map-place")?.requestFullscreen();
          }}
        >
          {t("files.full")}
        </Button>
      </div>
      {measured && (
        <p className="map-strip-note" role="status">
          {measured.length < 2
            ? t("files.measure.begin")
            : `${t(`files.length.${lengthUnit}`, { value: length })}${measured.length > 2 ? t(`files.area.${areaUnit}`, { value: area }) : ""}${t("files.measure.keys")}`}
        </p>
      )}
      {basemap !== "" && coverage.asked > 0 && coverage.here === 0 && (
        <p className="map-strip-note is-empty" role="status">
          {t(coverage.notKept > 0 ? "files.basemap.not_kept" : "files.basemap.none_here")}
        </p>
      )}
    </div>
  );
}
