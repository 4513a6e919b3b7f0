import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, useMinute } from "#renderer/parts/index.ts";
import { whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { PastStep, StepGiven, StepRow } from "#shared/domain/step.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { StepForm } from "./StepForm.tsx";

interface Props<Action extends string> {
  /** Id of the fault or hazard. */
  readonly of: string;
  readonly actions: readonly Action[];
  readonly rowOf: (action: Action) => StepRow<string>;
  readonly send: (action: Action, given: StepGiven) => Promise<Result<unknown, DeskError>>;
}

/** The steps that may be taken now as buttons; the chosen one opens its form. */
export function Steps<Action extends string>({ of, actions, rowOf, send }: Props<Action>) {
  const [open, setOpen] = useState<Action>();
  if (open !== undefined && actions.includes(open))
    return (
      <StepForm
        key={open}
        draftKey={`step:${of}:${open}`}
        row={rowOf(open)}
        send={(given) => send(open, given)}
        onClose={() => setOpen(undefined)}
      />
    );
  return (
    <div className="map-buttons">
      {actions.map((action) => (
        <Button key={action} onPress={() => setOpen(action)}>
          {say(rowOf(action).label)}
        </Button>
      ))}
    </div>
  );
}

/** What happened so far, oldest first: the finding and every step. */
export function History<Action extends string>(props: {
  readonly begun: { readonly at: number; readonly by: string; readonly text: string; readonly word: string };
  readonly steps: readonly PastStep[];
  readonly rowOf: (action: Action) => StepRow<string>;
}) {
  const t = useText();
  const now = useMinute();
  const officers = useDesk("officer.list", {});
  const nameOf = (id: string) => officers.data?.officers.find((one) => one.id === id)?.name ?? "";
  const { begun, steps, rowOf } = props;
  const lines = [
    { at: begun.at, by: begun.by, text: begun.text, word: begun.word },
    ...steps.map(({ action, at, by, text, to }) => ({
      at,
      by,
      text: [to && t("upkeep.to", { to }), text].filter(Boolean).join(t("parts.comma")),
      word: say(rowOf(action as Action).label),
    })),
  ];
  return (
    <ol className="upkeep-history">
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
        <li key={i}>
          <span className="upkeep-when">{whenText(line.at, now)}</span>
          <span>
            <b>{line.word}</b> {line.text} <span className="faint">{nameOf(line.by)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
