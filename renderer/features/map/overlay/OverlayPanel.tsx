import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, SyncMark } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import type { Overlay } from "#shared/domain/overlay/overlay.ts";
import type { DeskError } from "#shared/errors.ts";
import { useMapTools } from "../map-tools.ts";
import { OverlayForm } from "./OverlayForm.tsx";

/** Battle maps: switched on and off, drawn, saved as versions, taken down. */
export function OverlayPanel() {
  const t = useText();
  const overlays = useDesk("overlay.list", {});
  const [editing, setEditing] = useState<Overlay | "new">();
  if (editing)
    return <OverlayForm overlay={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />;
  return (
    <section aria-labelledby="map-overlays-title">
      <header className="map-side-head">
        <h2 id="map-overlays-title">{t("overlay.title")}</h2>
        <Button
          hotkey={hotkeys.draw.plan}
          keyLabel={t("overlay.new")}
          className="map-quiet-button"
          onPress={() => setEditing("new")}
        >
          {t("overlay.new")}
        </Button>
      </header>
      {overlays.error && <ErrorNote error={overlays.error} again={overlays.again} />}
      {overlays.data?.rows.map((row) => (
        <OverlayCard key={row.overlay.id} row={row} onEdit={() => setEditing(row.overlay)} />
      ))}
      {overlays.data?.rows.length === 0 && <p className="map-hint">{t("overlay.none")}</p>}
    </section>
  );
}

function OverlayCard({ row, onEdit }: { row: OutputOf<"overlay.list">["rows"][number]; onEdit: () => void }) {
  const t = useText();
  const { overlay, sync, pictureHere } = row;
  const { picture } = overlay;
  const on = useMapTools((tools) => tools.overlaysOn.includes(overlay.id));
  const { act } = useAct("overlay.remove");
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<DeskError>();
  const toggle = () => {
    const { overlaysOn, set } = useMapTools.getState();
    set({ overlaysOn: on ? overlaysOn.filter((id) => id !== overlay.id) : [...overlaysOn, overlay.id] });
  };
  const remove = async () => {
    if (!asked) return setAsked(true);
    const done = await act({ id: overlay.id });
    if (!done.ok) setError(done.error);
  };
  return (
    <article className="upkeep-card">
      <label className="overlay-name">
        <input type="checkbox" checked={on} onChange={toggle} />
        <b>{overlay.name}</b>
        <SyncMark sync={sync} short />
      </label>
      <p className="upkeep-facts">
        <span>{t("overlay.version", { version: overlay.version })}</span>
        <span>{dateText(overlay.savedAt)}</span>
        <span>{overlay.author}</span>
        <span>{t("overlay.marks", { count: overlay.marks.length })}</span>
        {picture && <span>{t("overlay.picture.with", { day: picture.takenOn })}</span>}
      </p>
      {overlay.note && <p>{overlay.note}</p>}
      {picture && !pictureHere && <p role="note">{t("overlay.picture.away")}</p>}
      {error && <ErrorNote error={error} />}
      <div className="map-buttons">
        <Button onPress={onEdit}>{t("overlay.edit")}</Button>
        <Button tone={asked ? "grave" : "plain"} onPress={() => void remove()}>
          {asked ? t("overlay.remove.again") : t("overlay.remove")}
        </Button>
      </div>
    </article>
  );
}
