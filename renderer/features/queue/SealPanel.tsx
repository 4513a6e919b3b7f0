import { useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventDetail } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { Labelled } from "./Labelled.tsx";

interface Props {
  readonly detail: EventDetail;
  readonly keys: boolean;
  readonly backToDetail: () => void;
  readonly again: () => void;
}

/** CF-2: in place of a confidential event's words: who may open it, and how. */
export function SealPanel({ detail, keys, backToDetail, again }: Props) {
  const t = useText();
  const { act, busy } = useAct("event.open");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<DeskError>();
  const field = useRef<HTMLInputElement>(null);
  useHotkey(hotkeys.event.unseal, () => field.current?.focus(), {
    when: keys && detail.seal === "may_open",
    label: t("queue.seal.key"),
  });
  const open = async () => {
    if (busy || reason.trim().length < 2) return;
    const outcome = await act({ id: detail.event.id, reason: reason.trim() });
    setError(outcome.ok ? undefined : outcome.error);
    if (outcome.ok) backToDetail();
    again();
  };
  return (
    <section className="seal" aria-label={t("queue.seal.title")}>
      <p>
        {t(`queue.seal.${detail.seal === "closed" ? "closed" : "may_open"}`)}
        {detail.seal === "may_open" && keys && <Key name={hotkeys.event.unseal} />}
      </p>
      {detail.seal === "may_open" && (
        <form
          className="seal-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            void open();
          }}
        >
          <Labelled label={t("queue.seal.reason")} required>
            {({ id, describedBy }) => (
              <input
                ref={field}
                id={id}
                className="input"
                maxLength={200}
                value={reason}
                aria-required
                aria-describedby={describedBy}
                onChange={(change) => setReason(change.target.value)}
              />
            )}
          </Labelled>
          <Button disabled={busy || reason.trim().length < 2} onPress={() => void open()}>
            {t("queue.seal.open")}
          </Button>
        </form>
      )}
      {error && <ErrorNote error={error} />}
    </section>
  );
}
