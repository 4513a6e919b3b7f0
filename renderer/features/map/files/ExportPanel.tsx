import { useEffect, useRef, useState } from "react";
import { takeFile } from "#renderer/bridge/send-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { exportFormats } from "#shared/contract.ts";
import { type CoordinateSystem, coordinateSystems } from "#shared/domain/asset/coordinates.ts";
import type { DeskError } from "#shared/errors.ts";
import { useMapMemory } from "../map-view.ts";
import { Choice } from "./ImportForm.tsx";
import { FilePanelFrame, Progress } from "./panel-parts.tsx";

const extents = ["shown", "layers", "all"] as const;

/** Assets into a file: all of them, the layers that are on, or what lies in view. */
export function ExportPanel() {
  const t = useText();
  const tables = useDesk("system.tables", {});
  const { act: begin, busy } = useAct("export.begin");
  const [format, setFormat] = useState<(typeof exportFormats)[number]>("xlsx");
  const [system, setSystem] = useState<CoordinateSystem>("wgs84");
  const [extent, setExtent] = useState<(typeof extents)[number]>("shown");
  const [exportId, setExportId] = useState("");
  const [error, setError] = useState<DeskError>();
  const [saved, setSaved] = useState("");
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => form.current?.querySelector("select")?.focus(), []);
  const found = useDesk("export.state", { exportId }, { enabled: exportId !== "", everyMs: 400 });
  const state = found.data?.state;
  const fileId = state?.exportId === exportId ? state.fileId : null;
  useEffect(() => {
    if (!fileId) return;
    setExportId("");
    void takeFile(fileId).then((taken) => (taken.ok ? setSaved(taken.value) : setError(taken.error)));
  }, [fileId]);

  async function start(): Promise<void> {
    const { view, shown } = useMapMemory.getState();
    const bounds = view?.bounds;
    const kinds = (tables.data?.assetKinds.rows ?? [])
      .map(({ code }) => code)
      .filter((code) => !shown.hiddenKinds.includes(code));
    const layers = { kinds, statuses: [...shown.statuses] };
    setSaved("");
    const begun = await begin({
      format,
      system,
      ...(extent === "all" ? {} : layers),
      ...(extent === "shown" && bounds ? { bounds } : {}),
    });
    setError(begun.ok ? undefined : begun.error);
    if (begun.ok) setExportId(begun.value.exportId);
  }
  return (
    <FilePanelFrame title={t("files.export")}>
      <div className="files-body">
        {error && <ErrorNote error={error} />}
        {state?.phase === "failed" && exportId !== "" && (
          <ErrorNote error={{ id: (state.errorId ?? "bug") as DeskError["id"] }} />
        )}
        <div ref={form} className="files-form">
          <Choice
            label={t("files.export.what")}
            value={extent}
            options={extents.map((one) => [one, t(`files.export.${one}`)])}
            onChange={(one) => setExtent(one as typeof extent)}
          />
          <Choice
            label={t("files.export.format")}
            value={format}
            options={exportFormats.map((one) => [one, t(`files.format.${one}`)])}
            onChange={(one) => setFormat(one as typeof format)}
          />
          <Choice
            label={t("files.import.system")}
            value={system}
            options={coordinateSystems.map((one) => [one, t(`files.system.${one}`)])}
            onChange={(one) => setSystem(one as CoordinateSystem)}
          />
          <p className="files-hint">{t("files.export.hint")}</p>
        </div>
        {state && exportId !== "" && state.phase === "making" && (
          <Progress
            words={t("files.export.making", { done: countText(state.done), of: countText(state.of) })}
            share={state.done / Math.max(1, state.of)}
          />
        )}
        {saved !== "" && (
          <p className="files-done" role="status">
            {t("files.export.saved", { name: saved })}
          </p>
        )}
      </div>
      <footer className="files-foot">
        <Button
          tone="next"
          hotkey={confirmKey}
          keyLabel={t("files.export.make")}
          disabled={busy || exportId !== ""}
          onPress={() => void start()}
        >
          {t("files.export.make")}
        </Button>
      </footer>
    </FilePanelFrame>
  );
}
