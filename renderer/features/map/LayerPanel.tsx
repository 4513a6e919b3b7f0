import type { ReactNode } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { countText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { KindIcon, StatusShape } from "./KindIcon.tsx";
import { areasOf, featuresOf } from "./labels.ts";
import { type LayerRow, type Shown, statuses, toggled } from "./layers.ts";
import type { MapBase } from "./MapStage.tsx";
import type { Bounds } from "./marks.ts";

interface Props {
  readonly rows: readonly LayerRow[];
  readonly total: number;
  readonly events: number;
  readonly base: MapBase;
  readonly shown: Shown;
  readonly street: Bounds;
  readonly onShow: (change: Partial<Shown>) => void;
}

/** What the map shows, with counts: events, the kinds of assets, their states, areas and fire roads. */
export function LayerPanel({ rows, total, events, base, shown, street, onShow }: Props) {
  const t = useText();
  const roads = featuresOf(base.fireRoads).length;
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
      {roads > 0 && (
        <div className="map-toggles is-one">
          <Toggle
            on={shown.fireRoads}
            onChange={(on) => onShow({ fireRoads: on })}
            count={t("map.layer.roads.length", { count: roads, km: base.fireRoadKm.toFixed(2) })}
          >
            <span className="map-road-sample" aria-hidden="true" />
            {t("map.layer.roads")}
          </Toggle>
        </div>
      )}
      <fieldset className="map-statuses">
        <legend>{t("map.status")}</legend>
        {statuses.map((status) => (
          <StatusToggle key={status} status={status} shown={shown} street={street} onShow={onShow} />
        ))}
      </fieldset>
    </section>
  );
}

function StatusToggle({
  status,
  shown,
  street,
  onShow,
}: Pick<Props, "shown" | "street" | "onShow"> & { status: (typeof statuses)[number] }) {
  const t = useText();
  const counted = useDesk("asset.viewport", { ...street, zoom: 0, statuses: [status] });
  return (
    <Toggle
      on={shown.statuses.includes(status)}
      onChange={() => onShow({ statuses: toggled(shown.statuses, status) })}
      count={counted.data ? countText(counted.data.total) : ""}
    >
      <StatusShape status={status} />
      {t(`map.status.${status}`)}
    </Toggle>
  );
}

function Toggle({
  on,
  onChange,
  count,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  count: string;
  children: ReactNode;
}) {
  return (
    <label className={on ? "map-toggle" : "map-toggle is-off"}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span className="map-toggle-name">{children}</span>
      <span className="map-toggle-count">{count}</span>
    </label>
  );
}
