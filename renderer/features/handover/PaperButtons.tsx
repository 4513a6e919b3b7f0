import { useState } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import { canMakePdf, pdfOfPage } from "#renderer/bridge/paper.ts";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";

/** Ways out of the screen: print, and for what is signed PDF and Word. `id` absent: only a draft to print. */
export function PaperButtons({ id }: { id: string | undefined }) {
  const t = useText();
  const [error, setError] = useState<DeskError>();
  const word = async () => {
    if (id === undefined) return;
    setError(undefined);
    const made = await callDesk("handover.word", { id });
    if (made.ok) saveFile(made.value);
    else setError(made.error);
  };
  const pdf = async () => {
    if (id === undefined) return;
    setError(undefined);
    const made = await pdfOfPage(`${t("handover.file")}_${id.replaceAll("/", "_")}.pdf`);
    if (made.ok) saveFile(made.value);
    else setError(made.error);
  };
  return (
    <div className="handover-paper-tools">
      <Button hotkey={hotkeys.handover.print} keyLabel={t("handover.print")} onPress={() => window.print()}>
        {t("handover.print")}
      </Button>
      {id !== undefined && canMakePdf() && (
        <Button onPress={() => void pdf()} aria-label={t("handover.pdf.about")}>
          {t("handover.pdf")}
        </Button>
      )}
      {id !== undefined && (
        <Button onPress={() => void word()} aria-label={t("handover.word.about")}>
          {t("handover.word")}
        </Button>
      )}
      {error && <ErrorNote error={error} />}
    </div>
  );
}
