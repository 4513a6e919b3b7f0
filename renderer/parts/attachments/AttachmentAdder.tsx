import { type RefObject, useRef } from "react";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { mediaNames } from "#shared/domain/attachment/media.ts";
import { ErrorNote } from "../basics.tsx";
import { Button } from "../button.tsx";
import { type Attaching, useFilesInto } from "./use-attach.ts";

/** Adds files by hand, by paste or by drag, and says how far the one that is coming in is. */
export function AttachmentAdder({
  attaching,
  within,
  active,
}: {
  readonly attaching: Attaching;
  /** What lies in the place on which files may be dropped. */
  readonly within: RefObject<HTMLElement | null>;
  /** Pasted files and the key are for this place. */
  readonly active: boolean;
}) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const { now, error, take } = attaching;
  const over = useFilesInto(within, active, take);
  return (
    <>
      <div className="attachment-adder">
        <input
          ref={input}
          type="file"
          className="sr-only"
          multiple
          tabIndex={-1}
          accept={[...mediaNames, ".heic", ".m4a"].join(",")}
          aria-label={t("attachment.choose")}
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button
          {...(active ? { hotkey: hotkeys.detail.attach, keyLabel: t("attachment.add") } : {})}
          onPress={() => input.current?.click()}
        >
          {t("attachment.add")}
        </Button>
        <span className="soft" aria-live="polite">
          {now
            ? t(now.left > 0 ? "attachment.taking_more" : "attachment.taking", {
                name: now.name,
                percent: Math.floor(now.share * 100),
                left: now.left,
              })
            : t("attachment.how")}
        </span>
      </div>
      {over && <p className="attachment-drop">{t("attachment.drop")}</p>}
      {error && <ErrorNote error={error} />}
    </>
  );
}
