import { useEffect, useState } from "react";
import { takeFile } from "#renderer/bridge/send-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { ImportState } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { Progress } from "./panel-parts.tsx";

/** IM-10: all rows that are not taken, with their reasons, as a sheet to be mended and brought again. */
export function LeftRows({ state: { importId, preview } }: { state: ImportState }) {
  const t = useText();
  const { act: begin, busy } = useAct("export.left");
  const [exportId, setExportId] = useState("");
  const [error, setError] = useState<DeskError>();
  const [saved, setSaved] = useState("");
  const state = useDesk("export.state", { exportId }, { enabled: exportId !== "", everyMs: 400 }).data?.state;
  const mine = state?.exportId === exportId ? state : undefined;
  const fileId = mine?.fileId;
  const failed = mine?.phase === "failed" ? (mine.errorId ?? "bug") : undefined;
  useEffect(() => {
    if (!fileId) return;
    setExportId("");
    void takeFile(fileId).then((taken) => (taken.ok ? setSaved(taken.value) : setError(taken.error)));
  }, [fileId]);
  const left = preview ? preview.rows - preview.good : 0;
  if (left === 0) return null;
  const start = async () => {
    setSaved("");
    const begun = await begin({ importId });
    setError(begun.ok ? undefined : begun.error);
    if (begun.ok) setExportId(begun.value.exportId);
  };
  return (
    <div className="files-left">
      <Button disabled={busy || (exportId !== "" && !failed)} onPress={() => void start()}>
        {t("files.import.left", { count: countText(left) })}
      </Button>
      {error && <ErrorNote error={error} />}
      {failed && <ErrorNote error={{ id: failed as DeskError["id"] }} />}
      {mine?.phase === "making" && (
        <Progress
          words={t("files.import.left.making", { done: countText(mine.done), of: countText(mine.of) })}
          share={mine.done / Math.max(1, mine.of)}
        />
      )}
      {saved !== "" && (
        <p className="files-done" role="status">
          {t("files.import.left.saved", { name: saved })}
        </p>
      )}
    </div>
  );
}
