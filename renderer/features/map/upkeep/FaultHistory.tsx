import { useEffect, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote, Sample, SyncMark, useHotkey, WordsRow } from "#renderer/parts/index.ts";
import { backKey, confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { FaultRow } from "#shared/contract.ts";
import { faultStateNames, faultStepOf, isFaultOpen } from "#shared/domain/asset/fault.ts";
import type { DeskError } from "#shared/errors.ts";
import { History, Steps } from "./Steps.tsx";

/** The faults of one device, the newest first, and the way to report another. */
export function FaultHistory({ assetId, name }: { assetId: string; name: string }) {
  const t = useText();
  const faults = useDesk("fault.list", { assetId });
  const [reporting, setReporting] = useState(false);
  const rows = faults.previous ? [] : (faults.data?.rows ?? []);
  return (
    <div className="upkeep-of">
      {faults.error && <ErrorNote error={faults.error} again={faults.again} />}
      {reporting ? (
        <FaultReport assetId={assetId} name={name} onClose={() => setReporting(false)} />
      ) : (
        <Button hotkey={hotkeys.chosen.fault} keyLabel={t("upkeep.fault.report")} onPress={() => setReporting(true)}>
          {t("upkeep.fault.report")}
        </Button>
      )}
      {rows.map((row) => (
        <FaultCard key={row.fault.id} row={row} />
      ))}
    </div>
  );
}

/** One fault with its history and its steps. */
export function FaultCard({ row, named = false }: { row: FaultRow; named?: boolean }) {
  const t = useText();
  const { act } = useAct("fault.act");
  const { fault, actions, sync } = row;
  return (
    <article className="upkeep-card">
      <p className="upkeep-title">
        <span className={isFaultOpen(fault.state) ? "upkeep-state is-open" : "upkeep-state"}>
          {say(faultStateNames[fault.state])}
        </span>
        {named && <span>{fault.assetName}</span>}
        {fault.sample && <Sample />}
        <SyncMark sync={sync} short />
      </p>
      <History
        begun={{ at: fault.reportedAt, by: fault.reportedBy, text: fault.text, word: t("upkeep.fault.found") }}
        steps={fault.steps}
        rowOf={faultStepOf}
      />
      <Steps
        of={fault.id}
        actions={actions}
        rowOf={faultStepOf}
        send={(action, given) => act({ id: fault.id, action, given })}
      />
    </article>
  );
}

function FaultReport({ assetId, name, onClose }: { assetId: string; name: string; onClose: () => void }) {
  const t = useText();
  const { act, busy } = useAct("fault.report");
  const { typed, type, drop } = useTyped(`fault:${assetId}`, { text: "" });
  const [error, setError] = useState<DeskError>();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  useHotkey(backKey, onClose);
  async function save(): Promise<void> {
    if (busy || typed.text.trim() === "") return field.current?.focus();
    const done = await act({ assetId, text: typed.text.trim() });
    if (!done.ok) return setError(done.error);
    drop();
    onClose();
  }
  return (
    <form className="upkeep-form" aria-label={t("upkeep.fault.report")} onSubmit={(event) => event.preventDefault()}>
      <WordsRow
        ref={field}
        label={t("upkeep.fault.what", { name })}
        value={typed.text}
        maxLength={500}
        onChange={(text) => type({ text })}
      />
      {error && <ErrorNote error={error} />}
      <div className="map-buttons">
        <Button tone="next" hotkey={confirmKey} disabled={busy} onPress={() => void save()}>
          {t("upkeep.fault.save")}
        </Button>
        <Button onPress={onClose}>{t("asset.leave")}</Button>
      </div>
    </form>
  );
}
