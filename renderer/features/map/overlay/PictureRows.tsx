import { useRef, useState } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import { sendFile } from "#renderer/bridge/send-file.ts";
import { Button, DateField, ErrorNote, FormRow, HiddenFileInput } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { type Corners, cornersHold, type OverlayPicture, pictureLimits } from "#shared/domain/overlay/picture.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { useMapMemory } from "../map-view.ts";
import { rounded } from "../measure.ts";

interface Props {
  readonly picture: OverlayPicture | null;
  readonly onChange: (picture: OverlayPicture | null) => void;
}

/** The picture of a battle map: chosen, laid by its four corners (dragged on the map or typed), dimmed, dated. */
export function PictureRows({ picture, onChange }: Props) {
  const t = useText();
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DeskError>();

  async function bring(chosen: File): Promise<void> {
    if (busy) return;
    setError(undefined);
    if (chosen.size > pictureLimits.bytes)
      return setError(
        deskError("overlay.picture.large", {
          most: pictureLimits.bytes / 2 ** 20,
          pixels: pictureLimits.pixels / 10_000,
        }),
      );
    setBusy(true);
    const sent = await sendFile(chosen, () => {});
    const brought = sent.ok ? await callDesk("overlay.bring", { fileId: sent.value }) : sent;
    setBusy(false);
    if (!brought.ok) return setError(brought.error);
    const { hash, width, height } = brought.value;
    const corners = picture?.corners ?? cornersInView(width / height);
    if (corners) onChange({ hash, width, height, corners, opacity: picture?.opacity ?? 70, takenOn: "" });
  }

  return (
    <fieldset className="overlay-picture">
      <legend className="label">{t("overlay.picture")}</legend>
      <div className="map-buttons">
        <Button
          hotkey={hotkeys.draw.picture}
          keyLabel={t("overlay.picture.choose")}
          disabled={busy}
          onPress={() => file.current?.click()}
        >
          {busy ? t("overlay.picture.coming") : t(picture ? "overlay.picture.other" : "overlay.picture.choose")}
        </Button>
        {picture && <Button onPress={() => onChange(null)}>{t("overlay.picture.drop")}</Button>}
      </div>
      <HiddenFileInput
        input={file}
        label={t("overlay.picture.choose")}
        accept="image/jpeg,image/png,image/webp"
        onFile={(chosen) => void bring(chosen)}
      />
      {error && <ErrorNote error={error} />}
      {picture && (
        <>
          <p className="map-hint">{t("overlay.picture.hint")}</p>
          {picture.corners.map((corner, i) => (
            <CornerRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its number
              key={i}
              label={t(`overlay.corner.${(["nw", "ne", "se", "sw"] as const)[i] ?? "nw"}`, { number: i + 1 })}
              value={`${corner.lng}, ${corner.lat}`}
              onTyped={(lng, lat) =>
                onChange({
                  ...picture,
                  corners: picture.corners.map((one, at) => (at === i ? { lng, lat } : one)) as unknown as Corners,
                })
              }
            />
          ))}
          {!cornersHold(picture.corners) && <ErrorNote error={deskError("overlay.corners")} />}
          <FormRow label={t("overlay.picture.opacity", { percent: picture.opacity })}>
            {(id) => (
              <input
                id={id}
                type="range"
                min={10}
                max={100}
                step={5}
                value={picture.opacity}
                onChange={(event) => onChange({ ...picture, opacity: Number(event.target.value) })}
              />
            )}
          </FormRow>
          <FormRow label={t("overlay.picture.taken")}>
            {(id) => (
              <DateField
                id={id}
                className="figures"
                value={picture.takenOn}
                onDate={(takenOn) => onChange({ ...picture, takenOn })}
              />
            )}
          </FormRow>
        </>
      )}
    </fieldset>
  );
}

/** Longitude and latitude in one field; what is no pair yet is only text. */
function CornerRow(props: {
  readonly label: string;
  readonly value: string;
  readonly onTyped: (lng: number, lat: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <FormRow label={props.label}>
      {(id) => (
        <input
          id={id}
          className="input figures"
          autoComplete="off"
          maxLength={40}
          value={typed ?? props.value}
          onBlur={() => setTyped(undefined)}
          onChange={(event) => {
            setTyped(event.target.value);
            const [lng, lat, more] = event.target.value
              .split(/[\s,，]+/)
              .filter(Boolean)
              .map(Number);
            if (lng === undefined || lat === undefined || more !== undefined) return;
            if (Math.abs(lng) <= 180 && Math.abs(lat) <= 90) props.onTyped(lng, lat);
          }}
        />
      )}
    </FormRow>
  );
}

/** In the middle of what the map shows, half as wide, in the shape of the picture. `ratio`: width by height. */
function cornersInView(ratio: number): Corners | undefined {
  const view = useMapMemory.getState().view;
  if (!view) return undefined;
  const { bounds, centre } = view;
  const wide = (bounds.east - bounds.west) / 4;
  const high = Math.min((wide * Math.cos((centre.lat * Math.PI) / 180)) / ratio, (bounds.north - bounds.south) / 3);
  const [west, east, north, south] = [centre.lng - wide, centre.lng + wide, centre.lat + high, centre.lat - high];
  const at = (lng: number, lat: number) => rounded({ lng, lat });
  return [at(west, north), at(east, north), at(east, south), at(west, south)];
}
