import { useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useHandOn } from "#renderer/parts/focus-here.ts";
import { Button, ErrorNote, useMinute } from "#renderer/parts/index.ts";
import { countText, whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";

/** What was brought in, by whom, and the way to take a whole import back. */
export function PastImports() {
  const t = useText();
  const now = useMinute();
  const list = useDesk("import.list", {});
  const { act: undo } = useAct("import.undo");
  const [error, setError] = useState<DeskError>();
  // Undoing takes two presses: one names it, one does it.
  const [asked, setAsked] = useState<string>();
  const imports = list.data?.imports ?? [];
  const past = useRef<HTMLElement>(null);
  // The button that was pressed goes with its import: on to the next one, else to another file.
  useHandOn(
    imports.map(({ importId, state }) => `${importId} ${state}`).join(),
    () =>
      past.current?.querySelector<HTMLElement>("button") ??
      past.current?.closest(".files-panel")?.querySelector<HTMLElement>("input[type=file]:not(:disabled)"),
  );
  return (
    <section ref={past} className="files-past" aria-labelledby="files-past-title">
      <h3 id="files-past-title">{t("files.past")}</h3>
      {error && <ErrorNote error={error} />}
      {imports.length === 0 && <p className="files-hint">{t("files.past.none")}</p>}
      <ul>
        {imports.map((one) => (
          <li key={one.importId}>
            <span className="files-past-name">{one.fileName}</span>
            <span className="files-note">
              {t("files.past.words", {
                at: whenText(one.at, now),
                by: one.by,
                taken: countText(one.taken),
                rows: countText(one.rows),
                system: t(`files.system.${one.system}`),
              })}
            </span>
            {one.state === "leaving" ? (
              <span>{t("files.past.leaving")}</span>
            ) : asked === one.importId ? (
              <Button
                tone="grave"
                onPress={() =>
                  void undo({ importId: one.importId }).then((done) => {
                    setAsked(undefined);
                    setError(done.ok ? undefined : done.error);
                  })
                }
              >
                {t("files.past.undo_now", { taken: countText(one.taken) })}
              </Button>
            ) : (
              <Button onPress={() => setAsked(one.importId)}>{t("files.past.undo")}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
