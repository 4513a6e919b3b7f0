import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Field, Fields, Sample, useMinute } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Mark } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { AssetForm } from "../asset/AssetForm.tsx";
import { fieldText } from "../asset/field-text.ts";
import { KindIcon } from "../KindIcon.tsx";
import { useMapTools } from "../map-tools.ts";
import { FaultHistory } from "../upkeep/FaultHistory.tsx";
import { StatusWord } from "./PinName.tsx";
import { CoverFields, NewHere, PointField } from "./PointFacts.tsx";

/** An asset: what its kind's row registers, who covers it, its faults, and what can be done from here. */
export function AssetFacts({
  mark,
  kind,
  name,
}: {
  mark: Mark & { id: string };
  kind: AssetKind | undefined;
  name: string;
}) {
  const t = useText();
  const now = useMinute();
  const got = useDesk("asset.get", { id: mark.id });
  const point = { lng: mark.lng, lat: mark.lat };
  const cover = useDesk("map.cover", point);
  const picked = useMapTools((map) => map.picked.some(({ key }) => key === `asset:${mark.id}`));
  const pick = useMapTools((map) => map.pick);
  const [editing, setEditing] = useState(false);
  const asset = got.data?.asset.id === mark.id ? got.data.asset : undefined;
  const status = asset?.status ?? mark.status;
  if (editing && asset && kind) return <AssetForm kind={kind} asset={asset} onClose={() => setEditing(false)} />;
  return (
    <div className="map-facts">
      {got.error && <ErrorNote error={got.error} again={got.again} />}
      <p className="map-facts-title">
        <KindIcon kind={mark.kind} name={name} />
        <span>{asset?.name ?? mark.name ?? mark.id}</span>
        {asset?.sample && <Sample />}
      </p>
      <Fields>
        <Field label={t("map.asset.kind")}>{name}</Field>
        <Field label={t("map.status")}>
          <StatusWord status={status} />
        </Field>
        {asset?.seenAt != null && (
          <Field label={t("map.asset.seen")} wide>
            {whenText(asset.seenAt, now)}
          </Field>
        )}
        {asset &&
          kind?.fields.map((field) => {
            const value = asset.fields[field.code];
            return value === undefined || value === "" ? null : (
              <Field key={field.code} label={say(field.name)} wide={field.type === "stages" || field.type === "text"}>
                {fieldText(field, value)}
              </Field>
            );
          })}
        {!cover.previous && cover.data && <CoverFields cover={cover.data.cover} />}
        <Field label={t("map.asset.id")} wide>
          {mark.id}
        </Field>
        <PointField point={point} />
      </Fields>
      <div className="map-buttons">
        <NewHere point={point} name={asset?.name ?? ""} />
        <Button
          hotkey={hotkeys.chosen.pick}
          keyLabel={t("work.pick")}
          onPress={() => pick({ type: "asset", key: `asset:${mark.id}`, point, mark })}
        >
          {picked ? t("work.unpick") : t("work.pick")}
        </Button>
        {kind && asset && (
          <Button hotkey={hotkeys.chosen.edit} keyLabel={t("asset.edit")} onPress={() => setEditing(true)}>
            {t("asset.edit")}
          </Button>
        )}
      </div>
      {asset && <FaultHistory assetId={asset.id} name={asset.name} />}
    </div>
  );
}
