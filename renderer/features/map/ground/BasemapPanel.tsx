import { useState } from "react";
import { sendFile } from "#renderer/bridge/send-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, FileButton, useMinute } from "#renderer/parts/index.ts";
import { countText, whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Basemap } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { FilePanelFrame, Progress } from "../files/panel-parts.tsx";
import { useChosenBasemap } from "./chosen-basemap.ts";
import { OnlineForm } from "./OnlineForm.tsx";

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);

/** What lies under the map: the outline that is built in, packages of this desk, online services with what is kept of them. */
export function BasemapPanel() {
  const t = useText();
  const now = useMinute();
  const list = useDesk("basemap.list", {});
  const { act: add } = useAct("basemap.add");
  const { act: remove } = useAct("basemap.remove");
  const { id: chosen, choose } = useChosenBasemap();
  const [error, setError] = useState<DeskError>();
  const [sent, setSent] = useState<{ name: string; share: number }>();
  const [asked, setAsked] = useState<string>();
  const basemaps = list.data?.basemaps ?? [];

  async function bring(file: File): Promise<void> {
    setSent({ name: file.name, share: 0 });
    const arrived = await sendFile(file, (bytes) => setSent({ name: file.name, share: bytes / file.size }));
    const added = arrived.ok
      ? await add({ fileId: arrived.value, name: file.name.replace(/\.[^.]*$/, "").slice(0, 60) || file.name })
      : arrived;
    setSent(undefined);
    setError(added.ok ? undefined : added.error);
    if (added.ok) choose(added.value.basemap.id);
  }
  const facts = (one: Basemap): string =>
    [
      one.kind === "package"
        ? t("files.basemap.facts", { from: one.minZoom, to: one.maxZoom, size: megabytes(one.bytes) })
        : t("files.basemap.kept", { count: countText(one.kept), size: megabytes(one.bytes), host: one.host }),
      one.bounds
        ? t("files.basemap.bounds", {
            west: one.bounds[0].toFixed(3),
            south: one.bounds[1].toFixed(3),
            east: one.bounds[2].toFixed(3),
            north: one.bounds[3].toFixed(3),
          })
        : "",
      one.date === "" ? "" : t("files.basemap.date", { date: one.date }),
      one.attribution,
      t("files.basemap.added", { at: whenText(one.addedAt, now), by: one.addedBy }),
    ]
      .filter((part) => part !== "")
      .join(t("files.basemap.between"));

  return (
    <FilePanelFrame
      title={t("files.basemap")}
      head={
        <FileButton accept=".mbtiles,.pmtiles" disabled={sent !== undefined} onFile={(file) => void bring(file)}>
          {t("files.basemap.add")}
        </FileButton>
      }
    >
      <div className="files-body">
        {error && <ErrorNote error={error} />}
        {sent && (
          <Progress
            words={t("files.sending", { name: sent.name, percent: Math.floor(sent.share * 100) })}
            share={sent.share}
          />
        )}
        <fieldset className="files-basemaps">
          <legend className="sr-only">{t("files.basemap")}</legend>
          <Option
            on={chosen === ""}
            name={t("files.basemap.outline")}
            facts={t("files.basemap.outline.about")}
            onChoose={() => choose("")}
          />
          {basemaps.map((one) => (
            <Option
              key={one.id}
              on={chosen === one.id}
              name={one.name}
              facts={facts(one)}
              onChoose={() => choose(one.id)}
            >
              <Button
                tone={asked === one.id ? "grave" : "plain"}
                className="map-quiet-button"
                onPress={() => {
                  if (asked !== one.id) return setAsked(one.id);
                  setAsked(undefined);
                  if (chosen === one.id) choose("");
                  void remove({ id: one.id }).then((done) => setError(done.ok ? undefined : done.error));
                }}
              >
                {t(asked === one.id ? "files.basemap.remove_now" : "files.basemap.remove")}
              </Button>
            </Option>
          ))}
        </fieldset>
        <OnlineForm presets={list.data?.presets} onAdded={choose} onError={setError} />
      </div>
    </FilePanelFrame>
  );
}

function Option({
  on,
  name,
  facts,
  onChoose,
  children,
}: {
  on: boolean;
  name: string;
  facts: string;
  onChoose: () => void;
  children?: React.ReactNode;
}) {
  return (
    <div className={`files-basemap ${on ? "is-on" : ""}`}>
      <label>
        <input type="radio" name="basemap" checked={on} onChange={onChoose} />
        <span className="files-past-name">{name}</span>
        <span className="files-note">{facts}</span>
      </label>
      {children}
    </div>
  );
}
