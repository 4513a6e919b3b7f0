import { useEffect, useMemo, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, Fields, VirtualRows } from "#renderer/parts/index.ts";
import { phoneText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Near } from "#shared/contract.ts";
import { CoverFields, NewHere } from "../chosen/PointFacts.tsx";
import { KindIcon, StatusShape } from "../KindIcon.tsx";
import { useMapTools } from "../map-tools.ts";
import type { Point } from "../marks.ts";
import { awayText, briefOf, type NearRow, rowsOf } from "./near-rows.ts";

interface Props {
  readonly target: { readonly point: Point; readonly category: string; readonly name: string };
  readonly nameOf: (kind: string) => string;
  readonly onOpen: (near: Near) => void;
}

/** Who and what is near a place, nearest first, with distance and direction; everything from this machine. */
export function NearPanel({ target, nameOf, onOpen }: Props) {
  const t = useText();
  const { point, category, name } = target;
  const [scenario, setScenario] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const tables = useDesk("system.tables", {});
  const near = useDesk("map.near", { ...point, category, scenario });
  const set = useMapTools((map) => map.set);
  const data = near.previous ? undefined : near.data;
  const rows = useMemo(() => (data ? rowsOf(data) : []), [data]);
  const ray = rows.find((row) => row.key === chosen);
  useEffect(() => {
    set({
      ray: ray?.is === "near" ? { from: point, to: ray.near.at } : undefined,
      circle: ray && "radiusM" in ray && ray.radiusM ? { at: point, radiusM: ray.radiusM } : undefined,
    });
  }, [ray, point, set]);
  useEffect(() => () => set({ ray: undefined, circle: undefined }), [set]);
  // Another place is asked about: what was chosen there is not here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the place changes
  useEffect(() => setChosen(null), [point.lng, point.lat]);

  return (
    <section className="map-near" aria-labelledby="map-near-title">
      <header className="map-side-head">
        <h2 id="map-near-title">{t("near.title")}</h2>
        <select
          className="input map-near-scenario"
          aria-label={t("near.scenario")}
          value={data?.scenario ?? scenario}
          onChange={(event) => setScenario(event.target.value)}
        >
          {tables.data?.nearby.rows.map((row) => (
            <option key={row.code} value={row.code}>
              {say(row.name)}
            </option>
          ))}
        </select>
      </header>
      {near.error && <ErrorNote error={near.error} again={near.again} />}
      <div className="map-facts">
        <p className="map-near-name">{name || t("near.here")}</p>
        {data && (
          <Fields>
            <CoverFields cover={data.cover} />
          </Fields>
        )}
        <NewHere point={point} name={name} text={data ? briefOf(data, nameOf) : ""} />
      </div>
      <VirtualRows
        rows={rows}
        rowKey={(row) => row.key}
        label={t("near.title")}
        selectedKey={chosen}
        rowHeight={28}
        rowClass={(row) => (row.is === "head" ? "is-head" : "")}
        onSelect={(row) => setChosen(row.key)}
        onOpen={(row) => row.is === "near" && onOpen(row.near)}
        row={(row) => <Row row={row} nameOf={nameOf} />}
        empty={<p className="map-hint">{data ? t("near.none") : t("near.asking")}</p>}
      />
    </section>
  );
}

function Row({ row, nameOf }: { row: NearRow; nameOf: (kind: string) => string }) {
  const t = useText();
  if (row.is === "head")
    return (
      <span className="map-near-head">
        {t(row.cut ? "near.within.cut" : "near.within", {
          kind: nameOf(row.kind),
          metres: row.radiusM,
          count: row.count,
        })}
      </span>
    );
  const { near } = row;
  const phone = near.fields.phone;
  return (
    <span className="map-near-row">
      <KindIcon kind={near.kind} name={nameOf(near.kind)} />
      <span className="map-pin-title" title={near.name}>
        {near.name}
      </span>
      {near.status !== "ok" && (
        <span className={`map-status is-${near.status}`} title={t(`map.status.${near.status}`)}>
          <StatusShape status={near.status} />
          <span className="sr-only">{t(`map.status.${near.status}`)}</span>
        </span>
      )}
      {typeof phone === "string" && phone && <span className="map-near-phone">{phoneText(phone)}</span>}
      <span className="map-near-away">{awayText(near)}</span>
    </span>
  );
}
