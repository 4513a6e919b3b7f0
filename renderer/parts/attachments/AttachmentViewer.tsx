import { type ReactNode, useEffect, useState } from "react";
import { loadContent, type PageContent } from "#renderer/bridge/attachment-content.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { saveBlob } from "#renderer/bridge/save-file.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type MediaType, mediaTypes } from "#shared/domain/attachment/media.ts";
import type { DeskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";
import { ErrorNote, Key } from "../basics.tsx";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";
import { useHotkey } from "../hotkeys.tsx";

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly media: MediaType;
  readonly bytes: number;
  /** Changes when the content has come; then it is looked at again. */
  readonly here?: boolean;
}

/** Looks at one attachment after the other: photos, sound, films; what the desk does not draw is saved. */
export function AttachmentViewer({
  items,
  first,
  close,
}: {
  readonly items: readonly Shown[];
  readonly first: string;
  readonly close: () => void;
}) {
  const t = useText();
  const [id, setId] = useState(first);
  const index = Math.max(
    0,
    items.findIndex((one) => one.id === id),
  );
  const one = items[index];
  if (!one) return null;
  const go = (step: number) => setId(items[(index + step + items.length) % items.length]?.id ?? id);
  return (
    <Dialog title={one.name} onClose={close} className="attachment-viewer">
      <Content key={`${one.id} ${one.here ?? true}`} one={one}>
        <Turn place={items.length > 1 ? t("attachment.of", { n: index + 1, m: items.length }) : ""} go={go} />
      </Content>
    </Dialog>
  );
}

/** Which of them is shown, and the way to the others. Bound inside the dialog, so that the keys are its own. */
function Turn({ place, go }: { readonly place: string; readonly go: (step: number) => void }) {
  const t = useText();
  useHotkey(hotkeys.attachment.before, () => go(-1), { when: place !== "" });
  useHotkey(hotkeys.attachment.after, () => go(1), { when: place !== "" });
  if (place === "") return null;
  return (
    <span className="attachment-turn">
      <span className="soft figures">{place}</span>
      <button type="button" className="button" aria-keyshortcuts="ArrowLeft" onClick={() => go(-1)}>
        {t("attachment.before")} <Key name="←" />
      </button>
      <button type="button" className="button" aria-keyshortcuts="ArrowRight" onClick={() => go(1)}>
        {t("attachment.after")} <Key name="→" />
      </button>
    </span>
  );
}

function Content({ one, children }: { readonly one: Shown; readonly children: ReactNode }) {
  const t = useText();
  const [content, setContent] = useState<PageContent>();
  const [error, setError] = useState<DeskError>();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let wanted = true;
    let made: string | undefined;
    void loadContent(one.id).then(async (loaded) => {
      if (!wanted) return;
      if (!loaded.ok) return setError(loaded.error);
      setContent(loaded.value);
      if (loaded.value.state === "away") await callDesk("attachment.fetch", { id: one.id });
      if (loaded.value.state !== "here") return;
      made = URL.createObjectURL(loaded.value.blob);
      setAddress(made);
    });
    return () => {
      wanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [one.id]);
  const foot = (save: ReactNode) => (
    <footer className="attachment-foot">
      {save}
      <span className="soft figures">
        {say(mediaTypes[one.media].name)} {bytesText(one.bytes)}
      </span>
      {children}
    </footer>
  );
  if (error || !content || content.state !== "here")
    return (
      <>
        {error && <ErrorNote error={error} />}
        {!error && !content && <p className="attachment-stage soft">{t("parts.loading")}</p>}
        {content && content.state !== "here" && (
          <ErrorNote error={{ id: content.state === "away" ? "attachment.not_here" : "attachment.broken" }} />
        )}
        {foot(null)}
      </>
    );
  const { show } = mediaTypes[one.media];
  return (
    <>
      <div className="attachment-stage">
        {address && show === "photo" && <img src={address} alt={one.name} />}
        {address && show === "film" && (
          // biome-ignore lint/a11y/useMediaCaption: a film of an incident has no captions
          <video src={address} controls aria-label={one.name} />
        )}
        {address && show === "sound" && (
          // biome-ignore lint/a11y/useMediaCaption: a recording of a call has no captions
          <audio src={address} controls aria-label={one.name} />
        )}
        {(show === "page" || show === "file") && <p className="soft">{t("attachment.only_saved")}</p>}
      </div>
      {foot(
        <span title={t("attachment.save.about")}>
          <Button
            hotkey={hotkeys.attachment.save}
            keyLabel={t("attachment.save")}
            onPress={() => saveBlob(content.name, content.blob)}
          >
            {t("attachment.save")}
          </Button>
        </span>,
      )}
    </>
  );
}
