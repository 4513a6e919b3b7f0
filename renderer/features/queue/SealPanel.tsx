import { useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
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
export function SealPanel(props: Props) {
  const t = useText();
  const { seal } = props.detail;
  return (
    <section className="seal" aria-label={t("queue.seal.title")}>
      <p>
        {t(`queue.seal.${seal === "closed" ? "closed" : "may_open"}`)}
        {seal === "may_open" && props.keys && <Key name={hotkeys.event.unseal} />}
      </p>
      {seal === "may_open" && <OpenForm {...props} />}
    </section>
  );
}

/** The reason is kept for this officer alone, like any half-typed words, until the event is open. */
function OpenForm({ detail, keys, backToDetail, again }: Props) {
  const t = useText();
  const { act, busy } = useAct("event.open");
  const { typed, type, drop } = useTyped(`unseal:${detail.event.id}`, { reason: "" });
  const reason = typed.reason.trim();
  const [error, setError] = useState<DeskError>();
  const field = useRef<HTMLInputElement>(null);
  useHotkey(hotkeys.event.unseal, () => field.current?.focus(), { when: keys, label: t("queue.seal.key") });
  const open = async () => {
    if (busy || reason.length < 2) return;
    const outcome = await act({ id: detail.event.id, reason });
    setError(outcome.ok ? undefined : outcome.error);
    if (outcome.ok) {
      drop();
      backToDetail();
    }
    again();
  };
  return (
    <>
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
              value={typed.reason}
              aria-required
              aria-describedby={describedBy}
              onChange={(change) => type({ reason: change.target.value })}
            />
          )}
        </Labelled>
        <Button disabled={busy || reason.length < 2} onPress={() => void open()}>
          {t("queue.seal.open")}
        </Button>
      </form>
      {error && <ErrorNote error={error} />}
    </>
  );
}
