import { useEffect, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ChoiceRow, ErrorNote, HiddenFileInput, TextRow, useHotkey } from "#renderer/parts/index.ts";
import { backKey, confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import {
  markMeanings,
  meaningNames,
  mostMarks,
  type Overlay,
  type OverlayMark,
} from "#shared/domain/overlay/overlay.ts";
import type { DeskError } from "#shared/errors.ts";
import { type SketchShape, useMapTools } from "../map-tools.ts";
import { markOf, mostBytes, readMarks } from "./overlay-marks.ts";
import { PictureRows } from "./PictureRows.tsx";

interface Props {
  /** The one that is drawn on; without: a new one. */
  readonly overlay: Overlay | undefined;
  readonly onClose: () => void;
}

/** A battle map is drawn here, mark by mark, or read from a GeoJSON file; saving makes its next version. */
export function OverlayForm({ overlay, onClose }: Props) {
  const t = useText();
  const { typed, type, drop } = useTyped<Pick<Overlay, "name" | "note" | "marks" | "picture">>(
    `overlay:${overlay ? `${overlay.id}:${overlay.version}` : ""}`,
    overlay ?? { name: "", note: "", marks: [], picture: null },
  );
  const { marks, picture } = typed;
  const [meaning, setMeaning] = useState<OverlayMark["meaning"]>("force");
  const [said, setSaid] = useState("");
  const [error, setError] = useState<DeskError>();
  const { act, busy } = useAct("overlay.save");
  const set = useMapTools((tools) => tools.set);
  const form = useRef<HTMLFormElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const own = overlay?.id;

  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  // What is being drawn is on the map at once; its saved version steps back meanwhile.
  useEffect(() => set({ marksDrawn: marks }), [marks, set]);
  useEffect(
    () => set({ pictureLaid: picture ? { picture, moved: (moved) => type({ picture: moved }) } : undefined }),
    [picture, set, type],
  );
  useEffect(() => {
    const { overlaysOn } = useMapTools.getState();
    if (own) set({ overlaysOn: overlaysOn.filter((one) => one !== own) });
    return () => {
      set({ marksDrawn: [], pictureLaid: undefined });
      if (own) set({ overlaysOn: [...useMapTools.getState().overlaysOn.filter((one) => one !== own), own] });
    };
  }, [own, set]);
  useHotkey(backKey, onClose);

  const change = (at: number, more: Partial<OverlayMark>) =>
    type({ marks: marks.map((mark, i) => (i === at ? { ...mark, ...more } : mark)) });
  const draw = (shape: SketchShape) =>
    set({
      sketch: {
        shape,
        purpose: t("overlay.sketch", { meaning: say(meaningNames[meaning]) }),
        done: (geometry) => {
          const mark = markOf(geometry, "", meaning);
          if (mark) type((now) => ({ marks: [...now.marks, mark].slice(0, mostMarks) }));
        },
      },
    });

  async function readFile(chosen: File): Promise<void> {
    if (chosen.size > mostBytes) return setSaid(t("overlay.file.large", { most: mostBytes / 1_000_000 }));
    const read = readMarks(await chosen.text());
    if (!read) return setSaid(t("overlay.file.none"));
    const kept = [...marks, ...read.marks].slice(0, mostMarks);
    type({ marks: kept });
    const left = marks.length + read.marks.length - kept.length + read.left;
    setSaid(t(left > 0 ? "overlay.file.part" : "overlay.file.all", { count: kept.length - marks.length, left }));
  }

  async function save(): Promise<void> {
    if (busy || typed.name.trim() === "") return form.current?.querySelector("input")?.focus();
    const done = await act({
      ...(overlay ? { id: overlay.id } : {}),
      version: overlay?.version ?? 0,
      name: typed.name.trim(),
      note: typed.note.trim(),
      marks: [...marks],
      picture,
    });
    if (!done.ok) return setError(done.error);
    drop();
    const { overlaysOn } = useMapTools.getState();
    set({ overlaysOn: [...overlaysOn.filter((one) => one !== done.value.overlay.id), done.value.overlay.id] });
    onClose();
  }

  return (
    <form
      ref={form}
      className="map-facts overlay-form"
      aria-label={overlay ? t("overlay.edit") : t("overlay.new")}
      onSubmit={(event) => event.preventDefault()}
    >
      <p className="map-facts-title">{overlay ? t("overlay.edit") : t("overlay.new")}</p>
      <TextRow label={t("overlay.name")} value={typed.name} maxLength={60} onChange={(name) => type({ name })} />
      <TextRow label={t("overlay.note")} value={typed.note} maxLength={500} onChange={(note) => type({ note })} />
      <ChoiceRow
        label={t("overlay.meaning")}
        value={meaning}
        choices={markMeanings.map((one) => [one, say(meaningNames[one])])}
        onChange={setMeaning}
      />
      <div className="map-buttons">
        <Button hotkey={hotkeys.draw.point} onPress={() => draw("Marker")}>
          {t("overlay.draw.point")}
        </Button>
        <Button hotkey={hotkeys.draw.line} onPress={() => draw("Line")}>
          {t("overlay.draw.line")}
        </Button>
        <Button hotkey={hotkeys.draw.area} onPress={() => draw("Polygon")}>
          {t("overlay.draw.area")}
        </Button>
        <Button onPress={() => file.current?.click()}>{t("overlay.file")}</Button>
      </div>
      <HiddenFileInput
        input={file}
        label={t("overlay.file")}
        accept=".geojson,.json,application/geo+json"
        onFile={(chosen) => void readFile(chosen)}
      />
      <p role="status">{said}</p>
      <ul className="overlay-marks">
        {marks.map((mark, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name of their own
          <li key={i}>
            <span>{t(`overlay.is.${mark.point ? "point" : mark.shape?.type === "LineString" ? "line" : "area"}`)}</span>
            <input
              className="input"
              aria-label={t("overlay.label", { number: i + 1 })}
              placeholder={t("overlay.label.hint")}
              maxLength={40}
              value={mark.label}
              onChange={(event) => change(i, { label: event.target.value })}
            />
            <span className="faint">{say(meaningNames[mark.meaning])}</span>
            <button
              type="button"
              className="button"
              aria-label={t("overlay.drop", { number: i + 1 })}
              onClick={() => type({ marks: marks.filter((_, at) => at !== i) })}
            >
              {t("overlay.drop.short")}
            </button>
          </li>
        ))}
      </ul>
      <PictureRows picture={picture} onChange={(changed) => type({ picture: changed })} />
      {error && <ErrorNote error={error} />}
      <div className="map-buttons">
        <Button
          tone="next"
          hotkey={confirmKey}
          keyLabel={t("overlay.save.key")}
          disabled={busy}
          onPress={() => void save()}
        >
          {t("overlay.save", { version: (overlay?.version ?? 0) + 1 })}
        </Button>
        <Button onPress={onClose}>{t("asset.leave")}</Button>
      </div>
    </form>
  );
}
