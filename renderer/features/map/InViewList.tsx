import { VirtualRows } from "#renderer/parts/index.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { PinName } from "./chosen/PinName.tsx";
import type { Pin } from "./marks.ts";

interface Props {
  readonly pins: readonly Pin[];
  readonly nameOf: (kind: string) => string;
  readonly chosen: string | undefined;
  readonly onSelect: (pin: Pin) => void;
  readonly onOpen: (pin: Pin) => void;
}

/** Everything in view as a list: for hands without a mouse and for those who do not see the map. */
export function InViewList({ pins, nameOf, chosen, onSelect, onOpen }: Props) {
  const t = useText();
  const things = pins.reduce((sum, pin) => sum + (pin.type === "cluster" ? pin.mark.count : 1), 0);
  return (
    <section className="map-in-view" aria-labelledby="map-in-view-title">
      <header className="map-side-head">
        <h2 id="map-in-view-title">{t("map.in_view")}</h2>
        <span className="map-total">{t("map.in_view.count", { count: countText(things) })}</span>
      </header>
      <VirtualRows
        rows={pins}
        rowKey={(pin) => pin.key}
        label={t("map.in_view")}
        selectedKey={chosen ?? null}
        rowHeight={28}
        onSelect={onSelect}
        onOpen={onOpen}
        row={(pin) => (
          <span className="map-in-view-row">
            <PinName pin={pin} nameOf={nameOf} />
          </span>
        )}
        empty={<p className="map-hint">{t("map.in_view.empty")}</p>}
      />
    </section>
  );
}
