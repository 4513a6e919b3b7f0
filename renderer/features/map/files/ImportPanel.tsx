import { type DragEvent, useRef, useState } from "react";
import { sendFile } from "#renderer/bridge/send-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { focusHere, useHandOn } from "#renderer/parts/focus-here.ts";
import { Button, ErrorNote, FileButton } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { ImportChoices, ImportState } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { ImportForm } from "./ImportForm.tsx";
import { ImportRows } from "./ImportRows.tsx";
import { LeftRows } from "./LeftRows.tsx";
import { PastImports } from "./PastImports.tsx";
import { FilePanelFrame, Progress } from "./panel-parts.tsx";

export const importEndings = ".xlsx,.csv,.tsv,.txt,.geojson,.json,.kml,.kmz,.gpx,.zip";

/** Assets from a file: chosen, looked at on the map and in rows, corrected, taken, undone. */
export function ImportPanel() {
  const t = useText();
  const found = useDesk("import.state", {}, { everyMs: 1_000 });
  const { act: open } = useAct("import.open");
  const { act: choose } = useAct("import.choose");
  const { act: take } = useAct("import.take");
  const { act: leave } = useAct("import.leave");
  const [error, setError] = useState<DeskError>();
  const [sent, setSent] = useState<{ name: string; share: number }>();
  const [over, setOver] = useState(false);
  const state = found.data?.state ?? undefined;
  const busy = sent !== undefined || state?.phase === "taking";
  const body = useRef<HTMLDivElement>(null);
  // To what is to be decided, else to the button that takes it, else to another file.
  useHandOn(`${state?.importId} ${state?.phase} ${busy}`, () => {
    const panel = body.current?.parentElement;
    return panel?.querySelector<HTMLElement>(
      state?.phase === "ready"
        ? state.preview?.systemBy === "unknown"
          ? ".files-form select"
          : ".files-foot .button-next"
        : "input[type=file]:not(:disabled)",
    );
  });

  async function bring(file: File): Promise<void> {
    setError(undefined);
    setSent({ name: file.name, share: 0 });
    const arrived = await sendFile(file, (bytes) => setSent({ name: file.name, share: bytes / file.size }));
    const opened = arrived.ok ? await open({ fileId: arrived.value }) : arrived;
    setSent(undefined);
    if (!opened.ok) setError(opened.error);
    found.again();
  }
  const run = async (work: Promise<{ ok: true } | { ok: false; error: DeskError }>) => {
    const done = await work;
    setError(done.ok ? undefined : done.error);
    found.again();
  };
  const change = (one: ImportState, choices: Partial<ImportChoices>) =>
    one.preview && void run(choose({ importId: one.importId, choices: { ...one.preview.choices, ...choices } }));
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer.files;
      if (file && !busy) void bring(file);
    },
  };

  return (
    <FilePanelFrame
      wide
      title={t("files.import")}
      head={
        <>
          {state && <span className="files-name">{state.fileName}</span>}
          <FileButton
            accept={importEndings}
            next={!state}
            disabled={busy}
            input={state ? undefined : focusHere}
            onFile={(file) => void bring(file)}
          >
            {t(state ? "files.import.other" : "files.import.choose")}
          </FileButton>
        </>
      }
    >
      <div ref={body} className={`files-body ${over ? "is-over" : ""}`} {...drop}>
        {error && <ErrorNote error={error} />}
        {sent && (
          <Progress
            words={t("files.sending", { name: sent.name, percent: Math.floor(sent.share * 100) })}
            share={sent.share}
          />
        )}
        {!state && !sent && <Begin />}
        {state?.phase === "reading" && (
          <Progress
            words={t("files.import.reading", { done: countText(state.done) })}
            share={state.percent === null ? null : state.percent / 100}
          />
        )}
        {state?.phase === "failed" && state.error && (
          <ErrorNote error={{ id: state.error.id as DeskError["id"], params: state.error.params }} />
        )}
        {state?.phase === "taking" && state.of !== null && (
          <Progress
            words={t("files.import.taking", { done: countText(state.done), of: countText(state.of) })}
            share={state.done / Math.max(1, state.of)}
          />
        )}
        {state?.phase === "done" && (
          <p className="files-done" role="status">
            {t("files.import.done", { count: countText(state.done) })}
          </p>
        )}
        {state?.phase === "done" && <LeftRows state={state} />}
        {state?.phase === "ready" && state.preview && (
          <>
            <ImportForm state={state} preview={state.preview} onChange={(choices) => change(state, choices)} />
            <ImportRows preview={state.preview} />
          </>
        )}
        {(!state || ["done", "failed", "cancelled"].includes(state.phase)) && <PastImports />}
      </div>
      {state && (
        <footer className="files-foot">
          {state.phase === "ready" && state.preview && (
            <Button
              tone="next"
              hotkey={confirmKey}
              keyLabel={t("files.import.take_key")}
              disabled={state.preview.good === 0 || state.preview.systemBy === "unknown"}
              onPress={() => void run(take({ importId: state.importId }))}
            >
              {t("files.import.take", { count: countText(state.preview.good) })}
            </Button>
          )}
          <Button onPress={() => void run(leave({ importId: state.importId }))}>
            {t(state.phase === "done" ? "files.import.finish" : "files.import.leave")}
          </Button>
          {state.phase === "ready" && state.preview?.systemBy === "unknown" && (
            <span className="files-hint">{t("files.import.system_open")}</span>
          )}
        </footer>
      )}
    </FilePanelFrame>
  );
}

function Begin() {
  const t = useText();
  return (
    <div className="files-begin">
      <p className="files-lead">{t("files.import.begin")}</p>
      <p>{t("files.import.formats")}</p>
      <p>{t("files.import.nothing_yet")}</p>
    </div>
  );
}
