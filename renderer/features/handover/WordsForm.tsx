import { useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";

/** HO-10 HO-11: an offer is taken back, or what was contested is decided: both with words, both in the log. */
export function WordsForm({ id, action }: { id: string; action: "withdraw" | "decide" }) {
  const t = useText();
  const { act, busy } = useAct("handover.act");
  const { typed, type, drop } = useTyped(`handover:${id}:${action}`, { text: "" });
  const [error, setError] = useState<DeskError>();
  const send = async () => {
    setError(undefined);
    const outcome = await act({ handoverId: id, action, text: typed.text.trim() });
    if (outcome.ok) drop();
    else setError(outcome.error);
  };
  return (
    <section className="handover-side">
      <h2>{t(`handover.${action}`)}</h2>
      <div className="handover-form">
        <p className="handover-words">{t(`handover.${action}.about`)}</p>
        <textarea
          className="input"
          rows={2}
          maxLength={500}
          value={typed.text}
          aria-label={t(`handover.${action}.why`)}
          placeholder={t(`handover.${action}.why`)}
          onChange={(event) => type({ text: event.target.value })}
        />
        {error && <ErrorNote error={error} />}
        <Button disabled={busy || typed.text.trim() === ""} onPress={() => void send()}>
          {t(`handover.${action}.do`)}
        </Button>
      </div>
    </section>
  );
}
