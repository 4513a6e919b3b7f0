import { useState } from "react";
import { Button, ChoiceRow } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import type { Geometry } from "#shared/lib/geo.ts";
import { AssetForm } from "../asset/AssetForm.tsx";
import { useMapTools } from "../map-tools.ts";
import type { Point } from "../marks.ts";

const drawn = { point: "Marker", line: "Line", area: "Polygon" } as const;

interface Props {
  readonly kinds: readonly AssetKind[];
  readonly onSaved: (id: string, at: Point) => void;
}

/** Draw a new asset of any kind. */
export function DrawPanel({ kinds, onSaved }: Props) {
  const t = useText();
  const set = useMapTools((tools) => tools.set);
  const [code, setCode] = useState("");
  const [geometry, setGeometry] = useState<Geometry>();
  const [entering, setEntering] = useState(false);
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
        <ChoiceRow
          label={t("map.asset.kind")}
          value={code}
          choices={[["", t("sketch.choose")], ...kinds.map((one) => [one.code, say(one.name)] as const)]}
          onChange={setCode}
        />
        <div className="map-buttons">
          <Button tone="next" hotkey={hotkeys.draw.draw} keyLabel={t("sketch.draw")} disabled={!kind} onPress={draw}>
            {t("sketch.draw")}
          </Button>
          <Button disabled={!kind} onPress={() => setEntering(true)}>
            {t("sketch.type")}
          </Button>
        </div>
        <p className="map-hint">{t("sketch.hint")}</p>
      </div>
    </section>
  );
}
