import { useEffect, useState } from "react";
import { loadContent, type PageContent } from "#renderer/bridge/attachment-content.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { saveBlob } from "#renderer/bridge/save-file.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type MediaType, mediaTypes } from "#shared/domain/attachment/media.ts";
import type { DeskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";
import { ErrorNote } from "../basics.tsx";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

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
      <Content key={`${one.id} ${one.here ?? true}`} one={one} />
      <footer className="attachment-foot">
        <span className="soft figures">
          {say(mediaTypes[one.media].name)} {bytesText(one.bytes)}
          {items.length > 1 && ` · ${t("attachment.of", { n: index + 1, m: items.length })}`}
        </span>
        {items.length > 1 && (
          <>
            <Button hotkey="ArrowLeft" keyLabel={t("attachment.before")} onPress={() => go(-1)}>
              {t("attachment.before")}
            </Button>
            <Button hotkey="ArrowRight" keyLabel={t("attachment.after")} onPress={() => go(1)}>
              {t("attachment.after")}
            </Button>
          </>
        )}
      </footer>
    </Dialog>
  );
}

function Content({ one }: { readonly one: Shown }) {
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
  if (error) return <ErrorNote error={error} />;
  if (!content) return <p className="attachment-stage soft">{t("parts.loading")}</p>;
  if (content.state !== "here")
    return <ErrorNote error={{ id: content.state === "away" ? "attachment.not_here" : "attachment.broken" }} />;
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
      <div className="attachment-save">
        <Button hotkey="s" keyLabel={t("attachment.save")} onPress={() => saveBlob(content.name, content.blob)}>
          {t("attachment.save")}
        </Button>
        <span className="faint">{t("attachment.save.about")}</span>
      </div>
    </>
  );
}
