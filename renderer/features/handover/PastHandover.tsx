import { useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState, ErrorNote, SyncMark } from "#renderer/parts/index.ts";
import { titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { CarryView } from "#shared/contract.ts";
import { carryStateNames } from "#shared/domain/handover/carry-over.ts";
import { readRecord } from "#shared/domain/handover/record.ts";
import { sheetOf, sheetOfSigned } from "#shared/domain/handover/sheet.ts";
import { HandoverPaper } from "./HandoverPaper.tsx";
import { PaperButtons } from "./PaperButtons.tsx";
import { PhaseSteps } from "./PhaseSteps.tsx";
import { RecordHead } from "./RecordHead.tsx";
import { SheetView } from "./SheetView.tsx";
import { Signature } from "./Signature.tsx";
import { SignedRecord } from "./SignedRecord.tsx";
import { useOpenEvent } from "./use-open-event.ts";
import { WordsForm } from "./WordsForm.tsx";

/** A handover as it was signed: its sheet, whether the signatures are sound, and what became of its items. */
export function PastHandover({ id }: { id: string }) {
  const t = useText();
  const openEvent = useOpenEvent();
  const answer = useDesk("handover.get", { id });
  const session = useDesk("session.current", {});
  const list = useDesk("handover.list", { search: "", limit: 200 });
  if (answer.error) return <ErrorNote error={answer.error} again={answer.again} />;
  if (!answer.data) return <EmptyState title={t("handover.opening")} />;
  const { handover, check, items } = answer.data;
  const record = readRecord(handover.record);
  const sync = list.data?.handovers.find((one) => one.id === id)?.sync;
  return (
    <>
      <SignedRecord head={<RecordHead record={record} title={t("handover.past.title")} />}>
        <SheetView sheet={sheetOf({ id, record, handover }, { masked: false })} onOpen={openEvent} />
      </SignedRecord>
      <aside className="handover-sides" aria-label={t("handover.sign")}>
        <PhaseSteps phase={handover.phase} />
        {(["outgoing", "incoming"] as const).map((side) => {
          const signature = handover[side];
          return (
            <section key={side} className={`handover-side ${signature ? "is-signed" : "is-later"}`}>
              <h2>{t(`handover.sign.${side}`)}</h2>
              {signature ? (
                <Signature signature={signature} check={check[side]} />
              ) : (
                <p className="handover-words">{t("handover.not_signed")}</p>
              )}
            </section>
          );
        })}
        {handover.phase === "contested" &&
          (session.data?.officer?.grade === "leader" ? (
            <WordsForm id={id} action="decide" />
          ) : (
            <p className="handover-lack">{t("handover.decide.wait")}</p>
          ))}
        {items.length > 0 && <Items items={items} />}
        {sync && (
          <p className="handover-sync">
            <SyncMark sync={sync} />
          </p>
        )}
        <PaperButtons id={id} />
      </aside>
      <HandoverPaper sheet={sheetOfSigned(handover)} />
    </>
  );
}

function Items({ items }: { items: readonly CarryView[] }) {
  const t = useText();
  return (
    <section className="handover-side">
      <h2>{t("handover.carry")}</h2>
      <ul className="handover-items">
        {items.map((item) => (
          <li key={item.id}>
            <span className={`carry-state is-${item.state}`}>{say(carryStateNames[item.state])}</span>{" "}
            <span className="soft">{item.officerName}</span>
            <p className="one-line" title={titleText(item.text)}>
              {titleText(item.text)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
