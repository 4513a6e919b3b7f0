import { useState } from "react";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText, shortDateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { ChainVerdictView } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

/** What proves the log: how far the district has signed it, what it said, and the desk's own check. */
export function ProofBar({ mayExport }: { readonly mayExport: boolean }) {
  const t = useText();
  const proof = useDesk("log.proof", {}).data;
  const check = useAct("log.check");
  const out = useAct("log.export");
  const [verdict, setVerdict] = useState<ChainVerdictView>();
  const [error, setError] = useState<DeskError>();
  if (!proof) return null;

  const run = async () => {
    setVerdict(undefined);
    setError(undefined);
    const outcome = await check.act({});
    if (outcome.ok) setVerdict(outcome.value);
    else setError(outcome.error);
  };
  const save = async () => {
    setError(undefined);
    const outcome = await out.act({});
    if (outcome.ok) saveFile(outcome.value);
    else setError(outcome.error);
  };
  const left = proof.entries - proof.witnessed;
  const { trouble } = proof;
  return (
    <section className="proof" aria-label={t("log.proof")}>
      <div className="proof-line">
        <span>
          {t("log.proof.head", { count: countText(proof.entries) })} <span className="figures">{proof.shortCode}</span>
        </span>
        <span className={left > 0 ? "" : "soft"}>
          {proof.witnessedAt === null
            ? t("log.proof.none")
            : t("log.proof.reach", { count: countText(proof.witnessed), at: shortDateText(proof.witnessedAt) })}
          {left > 0 &&
            proof.unwitnessedSince !== null &&
            t("log.proof.left", { count: countText(left), at: shortDateText(proof.unwitnessedSince) })}
        </span>
        <span className="proof-tools">
          <Button hotkey={hotkeys.log.check} keyLabel={t("log.check")} disabled={check.busy} onPress={() => void run()}>
            {t(check.busy ? "log.check.busy" : "log.check")}
          </Button>
          {mayExport && (
            <Button disabled={out.busy} onPress={() => void save()}>
              {t("log.export")}
            </Button>
          )}
        </span>
      </div>
      {trouble && (
        <p className="proof-trouble" role="alert">
          {t(`log.trouble.${trouble.outcome}`, {
            at: shortDateText(trouble.at),
            seq: trouble.seq,
            known: trouble.knownSeq,
            count: Math.max(0, trouble.knownSeq - trouble.seq),
          })}
        </p>
      )}
      <div role="status">{verdict && <Verdict verdict={verdict} />}</div>
      {error && <ErrorNote error={error} />}
    </section>
  );
}

function Verdict({ verdict }: { readonly verdict: ChainVerdictView }) {
  const t = useText();
  const { fault, entries, witnessed, unwitnessedSince } = verdict;
  if (fault)
    return (
      <p className="proof-trouble">
        {t("log.check.broken", { seq: fault.seq })}
        {t(`log.fault.${fault.why}`)}
        {t("log.check.then")}
      </p>
    );
  const left = entries - witnessed;
  return (
    <p className="proof-verdict">
      {t("log.check.sound", { count: countText(entries) })}
      {left > 0 && unwitnessedSince !== null
        ? t("log.check.tail", { count: countText(left), at: shortDateText(unwitnessedSince) })
        : t("log.check.witnessed")}
    </p>
  );
}
