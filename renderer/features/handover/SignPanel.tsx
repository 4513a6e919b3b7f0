import { type KeyboardEvent, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { clockText, dateText, durationText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import type { DeskError } from "#shared/errors.ts";
import { minuteMs } from "#shared/lib/time.ts";
import {
  firstSigner,
  givenOf,
  type Lack,
  lacksOf,
  nameIn,
  type Side,
  shortHash,
  signersOf,
  turnOf,
  type Written,
} from "./draft.ts";

/** [P] the incoming shift comes ten minutes early; a signature much before the end is likely a slip. */
const earlyFromMs = 30 * minuteMs;

const phases = ["draft", "offered", "sealed"] as const;

/** 草稿 → 交班已签 → 已封存: where the record stands. */
export function PhaseSteps({ phase }: { phase: HandoverDraft["phase"] }) {
  const t = useText();
  const here = phases.indexOf(phase);
  return (
    <ol className="handover-phases" aria-label={t("handover.phase")}>
      {phases.map((one, index) => (
        <li
          key={one}
          className={index < here ? "is-past" : index === here ? "is-here" : ""}
          aria-current={index === here ? "step" : undefined}
        >
          {t(`handover.phase.${one}`)}
        </li>
      ))}
    </ol>
  );
}

interface PanelProps {
  readonly draft: HandoverDraft;
  readonly written: Written | undefined;
  readonly now: number;
  readonly onSigned: (handover: Handover) => void;
}

/** The two signatures. Only the side whose turn it is can sign; the other is said in words. */
export function SignPanel(props: PanelProps) {
  const { draft } = props;
  const turn = turnOf(draft.phase);
  return (
    <>
      <PhaseSteps phase={draft.phase} />
      <SideBox side="outgoing" {...props} turn={turn} />
      <SideBox side="incoming" {...props} turn={turn} />
    </>
  );
}

function SideBox({ side, turn, ...props }: PanelProps & { side: Side; turn: Side | undefined }) {
  const t = useText();
  const { draft } = props;
  const signature = side === "outgoing" ? draft.handover?.outgoing : draft.handover?.incoming;
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

/** Name, time and the short code of what was signed. */
export function Signature({ signature }: { signature: Handover["outgoing"] }) {
  const t = useText();
  return (
    <div className="handover-signature">
      <p className="handover-signature-name">{signature.name}</p>
      <p>{t("handover.signed_at", { at: `${dateText(signature.at)}:${clockText(signature.at).slice(6)}` })}</p>
      <p className="soft">
        {t("handover.hash")} <code className="handover-hash">{shortHash(signature.recordHash)}</code>
      </p>
    </div>
  );
}

function lackWords(lack: Lack, t: ReturnType<typeof useText>): string {
  if (lack.type === "checklist") return t("handover.lack.checklist", { count: lack.count });
  return t(lack.type === "carry_text" ? "handover.lack.carry_text" : "handover.lack.carry_person", {
    no: lack.index + 1,
  });
}

function SignForm({ side, draft, written, now, onSigned }: PanelProps & { side: Side }) {
  const t = useText();
  const { act, busy } = useAct("handover.sign");
  const may = signersOf(draft, side);
  const [officerId, setOfficerId] = useState("");
  const [pin, setPin] = useState("");
  const [error, setError] = useState<DeskError>();
  const pinField = useRef<HTMLInputElement>(null);
  const session = useDesk("session.current", {});
  const who = may.includes(officerId) ? officerId : firstSigner(draft.record, side, may, session.data?.officer?.id);
  const earlyMs = draft.record.dueAt - now;
  useHotkey("s", () => pinField.current?.focus(), { label: t("handover.sign.pin") });
  const lacks = side === "outgoing" && written ? lacksOf(written) : [];
  const ready =
    who !== "" && pin !== "" && lacks.length === 0 && !busy && (side === "incoming" || written !== undefined);

  async function sign(): Promise<void> {
    if (!ready) return;
    setError(undefined);
    const outcome = await act({
      handoverId: draft.handoverId,
      side,
      officerId: who,
      pin,
      ...(side === "outgoing" && written ? givenOf(written) : {}),
    });
    setPin("");
    if (outcome.ok) onSigned(outcome.value.handover);
    else {
      setError(outcome.error);
      pinField.current?.focus();
    }
  }

  if (may.length === 0) return <p className="handover-nobody">{t(`handover.sign.nobody.${side}`)}</p>;
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void sign();
  };
  return (
    <div className="handover-form">
      <p className="handover-words">{t(`handover.sign.about.${side}`)}</p>
      <label>
        <span className="label">{t("handover.sign.officer")}</span>
        <select className="input" value={who} onChange={(event) => setOfficerId(event.target.value)}>
          {may.map((id) => (
            <option key={id} value={id}>
              {nameIn(draft.record, id) || id}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="label">
          {t("handover.sign.pin")} <Key name="S" />
        </span>
        <input
          ref={pinField}
          className="input"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={32}
          value={pin}
          aria-invalid={error?.id === "session.wrong_pin"}
          onChange={(event) => setPin(event.target.value)}
          onKeyDown={onEnter}
        />
      </label>
      {error && <ErrorNote error={error} />}
      {side === "outgoing" && earlyMs > earlyFromMs && (
        <p className="handover-lack">{t("handover.early", { left: durationText(earlyMs) })}</p>
      )}
      {lacks.map((lack) => (
        <p key={JSON.stringify(lack)} className="handover-lack">
          {lackWords(lack, t)}
        </p>
      ))}
      <Button
        tone="next"
        hotkey="Ctrl+Enter"
        keyLabel={t(`handover.sign.${side}`)}
        disabled={!ready}
        onPress={() => void sign()}
      >
        {t(`handover.sign.do.${side}`)}
      </Button>
    </div>
  );
}
