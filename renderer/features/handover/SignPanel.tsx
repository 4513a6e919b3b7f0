import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import type { Handover, HandoverSide } from "#shared/domain/handover/handover.ts";
import { turnOf, type Written } from "./draft.ts";
import { PhaseSteps } from "./PhaseSteps.tsx";
import { Signature } from "./Signature.tsx";
import { SignForm } from "./SignForm.tsx";
import { WordsForm } from "./WordsForm.tsx";

export interface PanelProps {
  readonly draft: HandoverDraft;
  readonly written: Written | undefined;
  readonly now: number;
  readonly onSigned: (handover: Handover) => void;
}

/** The two signatures. Only the side whose turn it is can sign; the other is said in words. */
export function SignPanel(props: PanelProps) {
  const t = useText();
  const { draft } = props;
  const session = useDesk("session.current", {});
  const last = draft.phase === "withdrawn" ? draft.handover?.withdrawn?.at(-1) : undefined;
  const isOurs = draft.record.outgoing.some(({ officerId }) => officerId === session.data?.officer?.id);
  return (
    <>
      <PhaseSteps phase={draft.phase} />
      {last && <p className="handover-lack">{t("handover.withdrawn", { name: last.name, text: last.text })}</p>}
      <SideBox side="outgoing" {...props} />
      <SideBox side="incoming" {...props} />
      {draft.phase === "offered" && isOurs && <WordsForm id={draft.handoverId} action="withdraw" />}
    </>
  );
}

function SideBox({ side, ...props }: PanelProps & { side: HandoverSide }) {
  const t = useText();
  const { draft } = props;
  const turn = turnOf(draft.phase);
  const signature = turn === "outgoing" ? undefined : draft.handover?.[side];
  return (
    <section
      className={`handover-side ${signature ? "is-signed" : turn === side ? "is-turn" : "is-later"}`}
      aria-labelledby={`handover-${side}`}
    >
      <h2 id={`handover-${side}`}>{t(`handover.sign.${side}`)}</h2>
      {signature ? (
        <Signature signature={signature} />
      ) : turn === side ? (
        <SignForm key={side} side={side} {...props} />
      ) : (
        <p className="handover-words">{t("handover.sign.after_outgoing")}</p>
      )}
    </section>
  );
}
