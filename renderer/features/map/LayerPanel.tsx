import type { ReactNode } from "react";
import { countText } from "#renderer/text/format.ts";
import { type Say, say, useText } from "#renderer/text/text.ts";
import { KindIcon, StatusShape } from "./KindIcon.tsx";
import { areasOf } from "./labels.ts";
import { type LayerRow, type ShapeLayerRow, type Shown, statuses, toggled } from "./layers.ts";
import type { MapBase } from "./MapStage.tsx";

interface Props {
  readonly rows: readonly LayerRow[];
  readonly lines: readonly ShapeLayerRow[];
  readonly total: number;
  readonly events: number;
  readonly base: MapBase;
  readonly shown: Shown;
  /** Of all assets of the street, whatever is shown. */
  readonly byStatus: Readonly<Partial<Record<(typeof statuses)[number], number>>> | undefined;
  readonly onShow: (change: Partial<Shown>) => void;
}

/** What the map shows, with counts and sums: events, the kinds of assets, their states, areas. */
export function LayerPanel({ rows, lines, total, events, base, shown, byStatus, onShow }: Props) {
  const t = useText();
  const communities = areasOf(base.areas, "community").features.length;
  const grids = areasOf(base.areas, "grid").features.length;
  return (
    <section className="map-layers" aria-labelledby="map-layers-title">
      <header className="map-side-head">
        <h2 id="map-layers-title">{t("map.layers")}</h2>
        <span className="map-total">{t("map.total", { total: countText(total) })}</span>
      </header>
      <div className="map-toggles">
        <Toggle on={shown.events} onChange={(on) => onShow({ events: on })} count={countText(events)}>
          {t("map.layer.events")}
        </Toggle>
        {rows.map((row) => (
          <Toggle
            key={row.kind.code}
            on={row.on}
            onChange={() => onShow({ hiddenKinds: toggled(shown.hiddenKinds, row.kind.code) })}
            count={countText(row.count)}
            wide={isLong(say(row.kind.name))}
          >
            <KindIcon kind={row.kind.code} name={say(row.kind.name)} />
            {say(row.kind.name)}
          </Toggle>
        ))}
        {lines.map((row) => (
          <Toggle
            key={row.kind.code}
            on={row.on}
            onChange={() => onShow({ hiddenKinds: toggled(shown.hiddenKinds, row.kind.code) })}
            count={sumText(t, row)}
            wide={row.sum !== null || isLong(say(row.kind.name))}
          >
            <KindIcon kind={row.kind.code} name={say(row.kind.name)} />
            {say(row.kind.name)}
          </Toggle>
        ))}
        <Toggle on={shown.communities} onChange={(on) => onShow({ communities: on })} count={countText(communities)}>
          {t("map.layer.communities")}
        </Toggle>
        <Toggle on={shown.grids} onChange={(on) => onShow({ grids: on })} count={countText(grids)}>
          {t("map.layer.grids")}
        </Toggle>
      </div>
      <fieldset className="map-statuses">
        <legend>{t("map.status")}</legend>
        {statuses.map((status) => (
          <Toggle
            key={status}
            on={shown.statuses.includes(status)}
            onChange={() => onShow({ statuses: toggled(shown.statuses, status) })}
            count={byStatus ? countText(byStatus[status] ?? 0) : ""}
          >
            <StatusShape status={status} />
            {t(`map.status.${status}`)}
          </Toggle>
        ))}
      </fieldset>
    </section>
  );
}

/** A name that half the panel would cut: of English letters twelve fit. */
const isLong = (name: string): boolean => name.length > 12;

/** How many, and what the row of the kind adds up: 22 lines, 89.54 km. */
function sumText(t: Say, { kind, count, sum }: ShapeLayerRow): string {
  const unit = kind.fields.find(({ code }) => code === kind.total)?.unit;
  if (sum === null || !unit) return countText(count);
  return t(`map.layer.sum.${kind.geometry}`, {
    count: countText(count),
    sum: Number.isInteger(sum) ? countText(sum) : sum.toFixed(2),
    unit: say(unit),
  });
}

function Toggle({
  on,
  onChange,
  count,
  wide = false,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  count: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <label className={`map-toggle ${on ? "" : "is-off"} ${wide ? "is-wide" : ""}`}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span className="map-toggle-name">{children}</span>
      <span className="map-toggle-count">{count}</span>
    </label>
  );
}
