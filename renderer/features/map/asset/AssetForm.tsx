import { useEffect, useMemo, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote, FormRow, TextRow, useHotkey } from "#renderer/parts/index.ts";
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
  const put = useAct("asset.put");
  const remove = useAct("asset.remove");
  const stood = useMemo<Geometry | undefined>(
    () =>
      asset ? ((asset.geometry as Geometry | null) ?? { type: "Point", coordinates: [asset.lng, asset.lat] }) : drawn,
    [asset, drawn],
  );
  const start = useMemo(() => enteredOf(kind, asset, stood), [kind, asset, stood]);
  const { typed, type, drop } = useTyped(`asset:${asset?.id ?? kind.code}`, { name: start.name, fields: start.fields });
  // Not kept: the form may be opened again for another place.
  const [corners, setCorners] = useState(start.corners);
  const entered: Entered = { ...typed, corners };
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  const tools = useMapTools((map) => map.set);
  const geometry = geometryFrom(corners, kind.geometry);
  const values = valuesOf(kind, entered);
  const problems = checkFields(kind, values);

  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  // The corners on the map and the corners in the form are one thing: whoever moves one moves the other.
  useEffect(() => {
    const shown = geometryFrom(corners, kind.geometry);
    if (!shown) return;
    tools({ editing: { geometry: shown, edited: (moved) => setCorners(cornersOf(moved)) } });
  }, [corners, kind.geometry, tools]);
  useEffect(() => () => tools({ editing: undefined }), [tools]);

  async function save(): Promise<void> {
    setTried(true);
    if (put.busy || problems.length > 0 || !geometry || typed.name.trim() === "") {
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
      name: typed.name,
      fields: values,
      ...place,
    });
    if (!done.ok) return setError(done.error);
    drop();
    onClose({ id: done.value.id, at: anchorOf(geometry) ?? { lng: 0, lat: 0 } });
  }

  async function takeAway(): Promise<void> {
    if (!asset) return;
    if (!asked) return setAsked(true);
    const done = await remove.act({ id: asset.id });
    if (!done.ok) return setError(done.error);
    drop();
    onClose();
  }

  useHotkey(backKey, () => (asked ? setAsked(false) : onClose()));
  const badName = tried && typed.name.trim() === "";
  const badCorners = tried && !geometry;
  return (
    <form
      ref={form}
      className="map-facts asset-form"
      aria-label={asset ? t("asset.edit") : t("asset.new", { kind: say(kind.name) })}
      onSubmit={(event) => event.preventDefault()}
    >
      <p className="map-facts-title">{asset ? t("asset.edit") : t("asset.new", { kind: say(kind.name) })}</p>
      <TextRow label={t("asset.name")} value={typed.name} maxLength={120} onChange={(name) => type({ name })} />
      {badName && (
        <p className="map-problem" role="alert">
          {t("asset.problem.missing")}
        </p>
      )}
      <FormRow label={t(`asset.corners.${kind.geometry}`)}>
        {(id) => (
          <>
            <textarea
              id={id}
              className="input figures"
              rows={kind.geometry === "point" ? 1 : 4}
              aria-invalid={badCorners}
              value={corners}
              onChange={(event) => setCorners(event.target.value)}
            />
            {badCorners && (
              <p className="map-problem" role="alert">
                {t(`asset.problem.corners.${kind.geometry}`)}
              </p>
            )}
          </>
        )}
      </FormRow>
      {kind.fields.map((field) => (
        <FieldRow
          key={field.code}
          field={field}
          typed={typed.fields}
          onType={(field, value) => type((now) => ({ fields: { ...now.fields, [field]: value } }))}
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
