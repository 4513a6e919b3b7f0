import { useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote, Field, Fields, Pane } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { countText, dateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { SystemStatus } from "#shared/contract.ts";
import { type DeskError, deskError, type ErrorId } from "#shared/errors.ts";

/** Errors that a snapshot can help with; for the others only the cause must be taken away. */
const restorable: readonly string[] = ["profile.broken"];

/** The database cannot be used: what happened, what is there, what to do. Nothing is deleted here. */
export function RecoveryScreen({ status }: { status: SystemStatus }) {
  const t = useText();
  const { act, busy } = useAct("system.restore");
  const [refusal, setRefusal] = useState<DeskError>();
  const cause = status.recovery?.errorId ?? "profile.broken";
  const snapshots = [...(status.recovery?.snapshots ?? [])].sort((a, b) => b.at - a.at);
  const newest = snapshots[0];
  const canRestore = restorable.includes(cause);
  const [chosen, setChosen] = useState<string | null>(null);

  const restore = async () => {
    const outcome = await act({ file: chosen });
    if (!outcome.ok) setRefusal(outcome.error);
    else await askAgain("system.status");
  };

  return (
    <div className="recovery">
      <h1 className="screen-title">{t("recovery.title")}</h1>
      <ErrorNote error={deskError(cause as ErrorId)} />
      <Fields>
        <Field label={t("recovery.profile")} wide>
          {status.profile}
        </Field>
        <Field label={t("recovery.version")}>{status.version}</Field>
      </Fields>
      {canRestore ? (
        <Pane title={t("recovery.snapshots", { count: snapshots.length })}>
          {newest ? (
            <>
              <p>{t("recovery.about", { at: dateText(newest.at) })}</p>
              <p className="soft">{t("recovery.kept")}</p>
              <fieldset className="snapshots" aria-label={t("recovery.choose")}>
                {snapshots.map((snapshot, index) => (
                  <label key={snapshot.file} className="snapshot">
                    <input
                      type="radio"
                      name="snapshot"
                      checked={index === 0 ? chosen === null || chosen === snapshot.file : chosen === snapshot.file}
                      onChange={() => setChosen(index === 0 ? null : snapshot.file)}
                    />
                    <span className="figures">{dateText(snapshot.at)}</span>
                    <span className="figures soft">
                      {t("recovery.size", { size: countText(Math.ceil(snapshot.bytes / 1024)) })}
                    </span>
                    <span className="faint one-line">{snapshot.file}</span>
                  </label>
                ))}
              </fieldset>
              {refusal && <ErrorNote error={refusal} />}
              <Button tone="next" hotkey={confirmKey} disabled={busy} onPress={restore}>
                {busy ? t("recovery.busy") : t(chosen ? "recovery.restore_chosen" : "recovery.restore")}
              </Button>
            </>
          ) : (
            <EmptyState title={t("recovery.none")}>{t("recovery.none.about")}</EmptyState>
          )}
        </Pane>
      ) : (
        <Button tone="next" hotkey={confirmKey} onPress={() => void askAgain("system.status")}>
          {t("recovery.look_again")}
        </Button>
      )}
    </div>
  );
}
