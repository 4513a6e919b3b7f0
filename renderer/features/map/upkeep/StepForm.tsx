import { useEffect, useId, useRef, useState } from "react";
import { Button, DateField, ErrorNote, useHotkey } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { zoneMinutes } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { StepField, StepGiven, StepRow } from "#shared/domain/step.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { instantOf } from "#shared/lib/time.ts";

interface Props {
  readonly row: StepRow<string>;
  readonly send: (given: StepGiven) => Promise<Result<unknown, DeskError>>;
  readonly onClose: () => void;
}

/** The fields of one step, drawn from its row; Ctrl+Enter confirms. A grave one asks once more. */
export function StepForm({ row, send, onClose }: Props) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState<Partial<Record<StepField["name"], string>>>({});
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  useHotkey(backKey, () => (asked ? setAsked(false) : onClose()));
  const label = say(row.label);

  async function confirm(): Promise<void> {
    if (busy) return;
    const empty = row.fields.findIndex(({ name, required }) => required && !typed[name]?.trim());
    if (empty >= 0) {
      form.current?.querySelectorAll<HTMLElement>("input, textarea")[empty]?.focus();
      return;
    }
    if (row.tone === "grave" && !asked) return setAsked(true);
    setBusy(true);
    const { text, to, dueAt } = typed;
    const done = await send({
      ...(text?.trim() ? { text: text.trim() } : {}),
      ...(to?.trim() ? { to: to.trim() } : {}),
      ...(dueAt ? { dueAt: instantOf(dueAt, 24 * 60, zoneMinutes()) } : {}),
    });
    setBusy(false);
    if (done.ok) onClose();
    else setError(done.error);
  }

  return (
    <form ref={form} className="upkeep-form" aria-label={label} onSubmit={(event) => event.preventDefault()}>
      {row.fields.map(({ name, label: word, required }) => (
        <div key={name} className="form-row">
          <label className="label" htmlFor={`${id}-${name}`}>
            {say(word)}
            {required && <span className="faint"> {t("asset.required")}</span>}
          </label>
          {name === "text" ? (
            <textarea
              id={`${id}-${name}`}
              className="input"
              rows={2}
              maxLength={500}
              value={typed.text ?? ""}
              onChange={(event) => setTyped({ ...typed, text: event.target.value })}
            />
          ) : name === "dueAt" ? (
            <DateField
              id={`${id}-${name}`}
              value={typed.dueAt ?? ""}
              onDate={(dueAt) => setTyped({ ...typed, dueAt })}
            />
          ) : (
            <input
              id={`${id}-${name}`}
              className="input"
              type="text"
              maxLength={60}
              autoComplete="off"
              value={typed[name] ?? ""}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          )}
        </div>
      ))}
      {error && <ErrorNote error={error} />}
      {asked && (
        <p className="map-problem" role="alert">
          {t("upkeep.ask", { action: label })}
        </p>
      )}
      <div className="map-buttons">
        <Button
          tone={row.tone === "grave" ? "grave" : "next"}
          hotkey={confirmKey}
          keyLabel={t("upkeep.confirm", { action: label })}
          disabled={busy}
          onPress={() => void confirm()}
        >
          {asked ? t("upkeep.again", { action: label }) : t("upkeep.confirm", { action: label })}
        </Button>
        <Button onPress={onClose}>{t("asset.leave")}</Button>
      </div>
    </form>
  );
}
