import { useState } from "react";
import { Dialog, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

/** The key to print, where nothing goes to paper: says what does. A place that prints binds the key itself, later than this. */
export function PrintHint() {
  const t = useText();
  const [open, setOpen] = useState(false);
  useHotkey(hotkeys.paper.print, () => setOpen(true));
  if (!open) return null;
  return (
    <Dialog title={t("parts.print.title")} onClose={() => setOpen(false)}>
      <p>{t("parts.print.none")}</p>
    </Dialog>
  );
}
