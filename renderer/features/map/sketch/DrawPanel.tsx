import { useId, useState } from "react";
import { Button } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { areaM2, type Geometry, lengthM } from "#shared/lib/geo.ts";
import { AssetForm } from "../asset/AssetForm.tsx";
import { useMapTools } from "../map-tools.ts";
import type { Point } from "../marks.ts";
import { lengthOf } from "../measure.ts";
import { areaText } from "./SketchBar.tsx";

const drawn = { point: "Marker", line: "Line", area: "Polygon" } as const;

interface Props {
  readonly kinds: readonly AssetKind[];
  readonly onSaved: (id: string, at: Point) => void;
}

/** Draw a new asset of any kind, or measure. */
export function DrawPanel({ kinds, onSaved }: Props) {
  const t = useText();
  const id = useId();
  const set = useMapTools((tools) => tools.set);
  const [code, setCode] = useState("");
  const [geometry, setGeometry] = useState<Geometry>();
  const [entering, setEntering] = useState(false);
  const [measured, setMeasured] = useState("");
  const kind = kinds.find((one) => one.code === code);

  function draw(): void {
    if (!kind) return;
    set({
      sketch: {
        shape: drawn[kind.geometry],
        purpose: t("asset.new", { kind: say(kind.name) }),
        done: (made) => {
          setGeometry(made);
          setEntering(true);
        },
      },
    });
  }

  function measure(shape: "Line" | "Polygon"): void {
    setMeasured("");
    const done = (made: Geometry) => {
      if (made.type === "LineString") {
        const { unit, value } = lengthOf(lengthM(made.coordinates));
        setMeasured(t("sketch.measured.length", { length: t(`map.length.${unit}`, { value }) }));
      } else setMeasured(t("sketch.measured.area", { area: areaText(t, areaM2(made)) }));
    };
    set({ sketch: { shape, purpose: t(shape === "Line" ? "sketch.measure.length" : "sketch.measure.area"), done } });
  }

  if (entering && kind)
    return (
      <AssetForm
        kind={kind}
        geometry={geometry}
        onClose={(saved) => {
          setEntering(false);
          setGeometry(undefined);
          if (saved) onSaved(saved.id, saved.at);
        }}
      />
    );
  return (
    <section className="map-draw" aria-labelledby="map-draw-title">
      <header className="map-side-head">
        <h2 id="map-draw-title">{t("sketch.title")}</h2>
      </header>
      <div className="map-facts">
        <div className="form-row">
          <label className="label" htmlFor={`${id}-kind`}>
            {t("map.asset.kind")}
          </label>
          <select id={`${id}-kind`} className="input" value={code} onChange={(event) => setCode(event.target.value)}>
            <option value="">{t("sketch.choose")}</option>
            {kinds.map((one) => (
              <option key={one.code} value={one.code}>
                {say(one.name)}
              </option>
            ))}
          </select>
        </div>
        <div className="map-buttons">
          <Button tone="next" hotkey="d" keyLabel={t("sketch.draw")} disabled={!kind} onPress={draw}>
            {t("sketch.draw")}
          </Button>
          <Button disabled={!kind} onPress={() => setEntering(true)}>
            {t("sketch.type")}
          </Button>
        </div>
        <p className="map-hint">{t("sketch.hint")}</p>
      </div>
      <header className="map-side-head">
        <h2>{t("sketch.measure")}</h2>
      </header>
      <div className="map-facts">
        <div className="map-buttons">
          <Button hotkey="m" keyLabel={t("sketch.measure.length")} onPress={() => measure("Line")}>
            {t("sketch.measure.length")}
          </Button>
          <Button hotkey="k" keyLabel={t("sketch.measure.area")} onPress={() => measure("Polygon")}>
            {t("sketch.measure.area")}
          </Button>
        </div>
        <p role="status">{measured}</p>
      </div>
    </section>
  );
}
