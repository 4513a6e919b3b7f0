import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { sendFile } from "#renderer/bridge/send-file.ts";
import { useText } from "#renderer/text/text.ts";
import type { StagedAttachment } from "#shared/contract.ts";
import { mostBytes } from "#shared/domain/attachment/attachment.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";

export interface Attaching {
  /** The file that is being taken in, and how much of it; `null`: none. */
  readonly now: { readonly name: string; readonly share: number; readonly left: number } | null;
  readonly error: DeskError | undefined;
  readonly take: (files: readonly File[]) => void;
}

/** Takes files in for a form, one after the other; `staged` hears of each that is kept. One that is refused does not hold up the rest. */
export function useAttach(
  formKey: string,
  staged: (one: StagedAttachment) => Promise<DeskError | undefined>,
): Attaching {
  const t = useText();
  const [now, setNow] = useState<Attaching["now"]>(null);
  const [error, setError] = useState<DeskError>();
  const queue = useRef<File[]>([]);
  const running = useRef(false);
  const done = useRef(staged);
  done.current = staged;

  const take = useCallback(
    (files: readonly File[]) => {
      queue.current.push(...files);
      if (running.current || files.length === 0) return;
      running.current = true;
      setError(undefined);
      void (async () => {
        for (let file = queue.current.shift(); file; file = queue.current.shift()) {
          // What is pasted has a name of the platform's making: it gets a plain one.
          const name = /^image\.(png|jpe?g)$/i.test(file.name) ? t("attachment.pasted") : file.name;
          const left = queue.current.length;
          setNow({ name, share: 0, left });
          const problem = await takeOne(file, name, formKey, (share) => setNow({ name, share, left }), done.current);
          if (problem) setError(problem);
        }
        running.current = false;
        setNow(null);
      })();
    },
    [formKey, t],
  );
  return { now, error, take };
}

async function takeOne(
  file: File,
  name: string,
  key: string,
  told: (share: number) => void,
  staged: (one: StagedAttachment) => Promise<DeskError | undefined>,
): Promise<DeskError | undefined> {
  if (file.size === 0) return deskError("attachment.empty", { name });
  if (file.size > mostBytes)
    return deskError("attachment.too_large", { name, size: bytesText(file.size), most: bytesText(mostBytes) });
  const sent = await sendFile(file, (bytes) => told(bytes / file.size));
  if (!sent.ok) return sent.error;
  const kept = await callDesk("attachment.stage", { fileId: sent.value, key, name: name.slice(-400) });
  if (!kept.ok) return kept.error;
  const problem = await staged(kept.value.staged);
  await askAgain("attachment.staged");
  return problem;
}

/** Files that are pasted anywhere, or dropped on what holds `within`, while `active`. Words that are pasted stay words. */
export function useFilesInto(
  within: RefObject<HTMLElement | null>,
  active: boolean,
  take: (files: readonly File[]) => void,
): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const area = within.current?.closest<HTMLElement>("dialog, .detail");
    if (!area) return;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!area.contains(event.relatedTarget as Node | null)) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!active || files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    area.addEventListener("dragover", onOver);
    area.addEventListener("dragleave", onLeave);
    area.addEventListener("drop", onDrop);
    document.addEventListener("paste", onPaste);
    return () => {
      area.removeEventListener("dragover", onOver);
      area.removeEventListener("dragleave", onLeave);
      area.removeEventListener("drop", onDrop);
      document.removeEventListener("paste", onPaste);
    };
  }, [within, active, take]);
  return over;
}
