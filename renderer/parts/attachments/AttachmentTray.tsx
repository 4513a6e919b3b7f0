import { useEffect, useRef, useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import { AttachmentAdder } from "./AttachmentAdder.tsx";
import { AttachmentTile } from "./AttachmentTile.tsx";
import { AttachmentViewer } from "./AttachmentViewer.tsx";
import { useAttach } from "./use-attach.ts";

/**
 * The files of a form whose event does not stand yet. They are kept by the desk as they come, like the words of its draft,
 * and survive whatever ends the page; the form sends their ids with what it reports.
 */
export function AttachmentTray({
  formKey,
  active = true,
  onBusy,
}: {
  readonly formKey: string;
  readonly active?: boolean;
  /** Told while a file is being taken in: the form waits for it. `failed`: the last one was not kept. */
  readonly onBusy: (busy: boolean, failed: boolean) => void;
}) {
  const t = useText();
  const frame = useRef<HTMLElement>(null);
  const { data } = useDesk("attachment.staged", { key: formKey });
  const attaching = useAttach(formKey, async () => undefined);
  const [shown, setShown] = useState<string | null>(null);
  const items = data?.items ?? [];
  const busy = attaching.now !== null;
  const failed = attaching.error !== undefined;
  useEffect(() => onBusy(busy, failed), [busy, failed, onBusy]);
  const letGo = async (id: string) => {
    await callDesk("attachment.unstage", { id });
    await askAgain("attachment.staged");
  };
  return (
    <section ref={frame} className="attachments" aria-label={t("attachment.title")}>
      <AttachmentAdder attaching={attaching} within={frame} active={active} />
      {items.length > 0 && (
        <ul className="attachment-list">
          {items.map((one) => (
            <AttachmentTile key={one.id} one={one} here open={() => setShown(one.id)}>
              <button type="button" className="button-link attachment-act" onClick={() => void letGo(one.id)}>
                {t("attachment.let_go")}
              </button>
            </AttachmentTile>
          ))}
        </ul>
      )}
      {shown !== null && <AttachmentViewer items={items} first={shown} close={() => setShown(null)} />}
    </section>
  );
}
