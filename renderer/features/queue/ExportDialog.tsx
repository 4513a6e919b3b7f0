import { useEffect, useState } from "react";
import { takeFile } from "#renderer/bridge/send-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, Dialog, ErrorNote } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventColumn, EventSelection } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

const formats = ["xlsx", "csv"] as const;

/** The list as it is shown into a file, to its last page; or the marked events alone. */
export function ExportDialog(props: {
  readonly selection: EventSelection;
  readonly columns: readonly EventColumn[];
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const { selection, columns, ids } = props;
  const { act: begin } = useAct("export.events");
  const { act: leave } = useAct("export.leave");
  const [exportId, setExportId] = useState("");
  const [error, setError] = useState<DeskError>();
  const [saved, setSaved] = useState("");
  const state = useDesk("export.state", { exportId }, { enabled: exportId !== "", everyMs: 250 }).data?.state;
  const mine = state?.exportId === exportId ? state : null;
  const fileId = mine?.fileId;
  const failed = mine?.phase === "failed" ? (mine.errorId ?? "bug") : undefined;
  useEffect(() => {
    if (!fileId) return;
    setExportId("");
    void takeFile(fileId).then((taken) => (taken.ok ? setSaved(taken.value) : setError(taken.error)));
  }, [fileId]);

  const start = async (format: (typeof formats)[number]) => {
    setSaved("");
    setError(undefined);
    const begun = await begin({
      format,
      selection,
      columns: [...columns],
      ...(ids.length > 0 ? { ids: [...ids] } : {}),
    });
    if (begun.ok) setExportId(begun.value.exportId);
    else setError(begun.error);
  };
  const stop = () => {
    if (exportId) void leave({ exportId });
    setExportId("");
  };
  const close = () => {
    stop();
    props.onClose();
  };
  const busy = exportId !== "" && !failed;
  return (
    <Dialog title={t("queue.export.title")} className="export-sheet" onClose={close}>
      <p>{ids.length > 0 ? t("queue.export.marked", { count: countText(ids.length) }) : t("queue.export.shown")}</p>
      <p className="soft">{t("queue.export.masked")}</p>
      {error && <ErrorNote error={error} />}
      {failed && <ErrorNote error={{ id: failed as DeskError["id"] }} />}
      {busy && (
        <div className="export-progress">
          <progress max={Math.max(1, mine?.of ?? 1)} value={mine?.done ?? 0} />
          <span className="figures" role="status">
            {t("queue.export.making", { done: countText(mine?.done ?? 0), of: countText(mine?.of ?? 0) })}
          </span>
        </div>
      )}
      {saved && (
        <p role="status" className="export-saved">
          {t("queue.export.saved", { name: saved })}
        </p>
      )}
      <footer className="filter-foot" data-first="">
        {busy ? (
          <Button onPress={stop}>{t("queue.export.stop")}</Button>
        ) : (
          formats.map((format, at) => (
            <Button
              key={format}
              tone={at === 0 ? "next" : "plain"}
              hotkey={hotkeys.export.formats[at] ?? ""}
              onPress={() => void start(format)}
            >
              {t(`queue.export.${format}`)}
            </Button>
          ))
        )}
      </footer>
    </Dialog>
  );
}
