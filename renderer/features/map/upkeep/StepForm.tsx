import { useEffect, useRef, useState } from "react";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, DateField, ErrorNote, FormRow, TextRow, useHotkey, WordsRow } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { zoneMinutes } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { StepField, StepGiven, StepRow } from "#shared/domain/step.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { instantOf } from "#shared/lib/time.ts";

interface Props {
  readonly draftKey: string;
  readonly row: StepRow<string>;
  readonly send: (given: StepGiven) => Promise<Result<unknown, DeskError>>;
  readonly onClose: () => void;
}

/** The fields of one step, drawn from its row; Ctrl+Enter confirms. A grave one asks once more. */
export function StepForm({ draftKey, row, send, onClose }: Props) {
  const t = useText();
  const { typed, type, drop } = useTyped<Record<StepField["name"], string>>(draftKey, { text: "", to: "", dueAt: "" });
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  useHotkey(backKey, () => (asked ? setAsked(false) : onClose()));
  const label = say(row.label);

  async function confirm(): Promise<void> {
    if (busy) return;
    const empty = row.fields.findIndex(({ name, required }) => required && typed[name].trim() === "");
    if (empty >= 0) {
      form.current?.querySelectorAll<HTMLElement>("input, textarea")[empty]?.focus();
      return;
    }
    if (row.tone === "grave" && !asked) return setAsked(true);
    setBusy(true);
    const { dueAt } = typed;
    const [text, to] = [typed.text.trim(), typed.to.trim()];
    const done = await send({
      ...(text ? { text } : {}),
      ...(to ? { to } : {}),
      ...(dueAt ? { dueAt: instantOf(dueAt, 24 * 60, zoneMinutes()) } : {}),
    });
    setBusy(false);
    if (!done.ok) return setError(done.error);
    drop();
    onClose();
  }

  return (
    <form ref={form} className="upkeep-form" aria-label={label} onSubmit={(event) => event.preventDefault()}>
      {row.fields.map(({ name, label: word, required }) => {
        const field = {
          label: (
            <>
              {say(word)}
              {required && <span className="faint"> {t("asset.required")}</span>}
            </>
          ),
          value: typed[name],
          onChange: (value: string) => type({ [name]: value }),
        };
        if (name === "text") return <WordsRow key={name} {...field} maxLength={500} />;
        if (name === "to") return <TextRow key={name} {...field} maxLength={60} />;
        return (
          <FormRow key={name} label={field.label}>
            {(id) => <DateField id={id} value={field.value} onDate={field.onChange} />}
          </FormRow>
        );
      })}
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
