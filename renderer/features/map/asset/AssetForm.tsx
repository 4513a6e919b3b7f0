import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, TextRow, useHotkey } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { AssetDetail, InputOf } from "#shared/contract.ts";
import { type AssetKind, checkFields } from "#shared/domain/asset/kinds.ts";
import type { DeskError } from "#shared/errors.ts";
import { anchorOf, type Geometry } from "#shared/lib/geo.ts";
import { useMapTools } from "../map-tools.ts";
import { cornersOf, type Entered, enteredOf, geometryFrom, valuesOf } from "./asset-form.ts";
import { FieldRow } from "./FieldRow.tsx";

interface Props {
  readonly kind: AssetKind;
  /** The asset that is changed; without: a new one. */
  readonly asset?: AssetDetail;
  /** Where a new one stands, if that was drawn already. */
  readonly geometry?: Geometry | undefined;
  readonly onClose: (saved?: {
    readonly id: string;
    readonly at: { readonly lng: number; readonly lat: number };
  }) => void;
}

/** An asset is entered and changed here: name, place and the fields that the row of its kind names. */
export function AssetForm({ kind, asset, geometry: drawn, onClose }: Props) {
  const t = useText();
  const id = useId();
  const put = useAct("asset.put");
  const remove = useAct("asset.remove");
  const stood = useMemo<Geometry | undefined>(
    () =>
      asset ? ((asset.geometry as Geometry | null) ?? { type: "Point", coordinates: [asset.lng, asset.lat] }) : drawn,
    [asset, drawn],
  );
  const [entered, setEntered] = useState<Entered>(() => enteredOf(kind, asset, stood));
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  const tools = useMapTools((map) => map.set);
  const geometry = geometryFrom(entered.corners, kind.geometry);
  const values = valuesOf(kind, entered);
  const problems = checkFields(kind, values);

  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  // The corners on the map and the corners in the form are one thing: whoever moves one moves the other.
  const corners = entered.corners;
  useEffect(() => {
    const shown = geometryFrom(corners, kind.geometry);
    if (!shown) return;
    const edited = (moved: Geometry) => setEntered((before) => ({ ...before, corners: cornersOf(moved) }));
    tools({ editing: { geometry: shown, edited } });
  }, [corners, kind.geometry, tools]);
  useEffect(() => () => tools({ editing: undefined }), [tools]);

  async function save(): Promise<void> {
    setTried(true);
    if (put.busy || problems.length > 0 || !geometry || entered.name.trim() === "") {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const place =
      geometry.type === "Point"
        ? { point: { lng: geometry.coordinates[0], lat: geometry.coordinates[1] } }
        : { geometry: geometry as NonNullable<InputOf<"asset.put">["geometry"]> };
    const done = await put.act({
      ...(asset ? { id: asset.id } : {}),
      kind: kind.code,
      name: entered.name,
      fields: values,
      ...place,
    });
    if (!done.ok) return setError(done.error);
    onClose({ id: done.value.id, at: anchorOf(geometry) ?? { lng: 0, lat: 0 } });
  }

  async function takeAway(): Promise<void> {
    if (!asset) return;
    if (!asked) return setAsked(true);
    const done = await remove.act({ id: asset.id });
    if (!done.ok) return setError(done.error);
    onClose();
  }

  useHotkey(backKey, () => (asked ? setAsked(false) : onClose()));
  const badName = tried && entered.name.trim() === "";
  const badCorners = tried && !geometry;
  return (
    <form
      ref={form}
      className="map-facts asset-form"
      aria-label={asset ? t("asset.edit") : t("asset.new", { kind: say(kind.name) })}
      onSubmit={(event) => event.preventDefault()}
    >
      <p className="map-facts-title">{asset ? t("asset.edit") : t("asset.new", { kind: say(kind.name) })}</p>
      <TextRow
        id={`${id}-name`}
        label={t("asset.name")}
        value={entered.name}
        maxLength={120}
        onChange={(name) => setEntered({ ...entered, name })}
      />
      {badName && (
        <p className="map-problem" role="alert">
          {t("asset.problem.missing")}
        </p>
      )}
      <div className="form-row">
        <label className="label" htmlFor={`${id}-corners`}>
          {t(`asset.corners.${kind.geometry}`)}
        </label>
        <textarea
          id={`${id}-corners`}
          className="input figures"
          rows={kind.geometry === "point" ? 1 : 4}
          aria-invalid={badCorners}
          value={entered.corners}
          onChange={(event) => setEntered({ ...entered, corners: event.target.value })}
        />
        {badCorners && (
          <p className="map-problem" role="alert">
            {t(`asset.problem.corners.${kind.geometry}`)}
          </p>
        )}
      </div>
      {kind.fields.map((field) => (
        <FieldRow
          key={field.code}
          field={field}
          typed={entered.fields}
          onType={(key, value) => setEntered({ ...entered, fields: { ...entered.fields, [key]: value } })}
          problem={tried ? problems.find((one) => one.field === field.code) : undefined}
        />
      ))}
      {error && <ErrorNote error={error} />}
      {asked && (
        <p className="map-problem" role="alert">
          {t("asset.remove.ask", { name: asset?.name ?? "" })}
        </p>
      )}
      <div className="map-buttons">
        <Button
          tone="next"
          hotkey={confirmKey}
          keyLabel={t("asset.save")}
          disabled={put.busy}
          onPress={() => void save()}
        >
          {t("asset.save")}
        </Button>
        <Button onPress={() => onClose()}>{t("asset.leave")}</Button>
        {asset && (
          <Button tone="grave" disabled={remove.busy} onPress={() => void takeAway()}>
            {asked ? t("asset.remove.again") : t("asset.remove")}
          </Button>
        )}
      </div>
    </form>
  );
}
