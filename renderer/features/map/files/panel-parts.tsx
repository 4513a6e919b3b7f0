import type { ReactNode } from "react";
import { Button } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { useMapFiles } from "./files-store.ts";

/** The frame of a panel: title, what belongs beside it, and the way back. */
export function FilePanelFrame({
  title,
  wide = false,
  head,
  children,
}: {
  title: string;
  wide?: boolean;
  head?: ReactNode;
  children: ReactNode;
}) {
  const t = useText();
  const open = useMapFiles((files) => files.open);
  return (
    <section className={`files-panel ${wide ? "is-wide" : ""}`} aria-label={title}>
      <header className="map-side-head">
        <h2>{title}</h2>
        {head}
        <Button
          className="map-quiet-button"
          hotkey={backKey}
          onPress={() => {
            open(undefined);
            document.querySelector<HTMLElement>(".map-stage")?.focus({ preventScroll: true });
          }}
        >
          {t("files.close")}
        </Button>
      </header>
      {children}
    </section>
  );
}

/** So much of so much; a bar for the eye, a value for whoever does not see it. */
export function Progress({ words, share }: { words: string; share: number | null }) {
  return (
    <div className="files-progress" role="status">
      <span>{words}</span>
      {share !== null && <progress value={Math.min(1, share)} max={1} aria-label={words} />}
    </div>
  );
}
