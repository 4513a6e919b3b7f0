import { type KeyboardEvent, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote, isReason, Key, PinField, useHotkey } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { type HandoverSide, type HandoverStatement, noStatement, timingOf } from "#shared/domain/handover/handover.ts";
import type { DeskError } from "#shared/errors.ts";
import { firstSigner, givenOf, type Lack, nameIn, signersOf, whatLacks } from "./draft.ts";
import type { PanelProps } from "./SignPanel.tsx";
import { StatementForm } from "./StatementForm.tsx";
import { UnsavedWords } from "./UnsavedWords.tsx";

/** One side signs: who, what they say with it, their PIN. */
export function SignForm({ side, draft, written, now, onSigned }: PanelProps & { side: HandoverSide }) {
  const t = useText();
  const { act, busy } = useAct("handover.sign");
  const {
    typed: said,
    type: setSaid,
    drop,
  } = useTyped<HandoverStatement>(`sign:${draft.handoverId}:${side}`, noStatement);
  const [officerId, setOfficerId] = useState("");
  const [pin, setPin] = useState("");
  const [error, setError] = useState<DeskError>();
  const pinField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const session = useDesk("session.current", {});
  const may = signersOf(draft, side, said.absent.length > 0);
  const who = may.includes(officerId) ? officerId : firstSigner(draft.record, side, may, session.data?.officer?.id);
  const isInstead = said.absent.length === 0 && !draft.record[side].some(({ officerId }) => may.includes(officerId));
  const isTheirLast = side === "outgoing" && who !== "" && draft.mayAccept.every((id) => id === who);
  const timing = timingOf(draft.record, now);
  const needsReason = timing.kind !== "on_time" && !isReason(said.reason);
  const mute =
    said.absent.some(({ why }) => why.trim() === "") || said.refused.some(({ reason }) => reason.trim() === "");
  const lacks = side === "outgoing" && written ? whatLacks(draft, written) : [];
  const isWhole = lacks.length === 0 && !needsReason && !mute && (side === "incoming" || written !== undefined);
  const ready = who !== "" && pin !== "" && isWhole && !busy;
  // The key leads to the PIN whatever else is due: it is typed without looking.
  useHotkey(hotkeys.handover.sign, () => pinField.current?.focus(), { label: t("handover.sign.pin") });

  async function sign(): Promise<void> {
    if (!ready) return;
    setError(undefined);
    const outcome = await act({
      handoverId: draft.handoverId,
      side,
      officerId: who,
      pin,
      statement: said,
      ...(side === "outgoing" && written ? givenOf(draft, written) : {}),
    });
    setPin("");
    if (outcome.ok) {
      drop();
      onSigned(outcome.value.handover);
    } else {
      setError(outcome.error);
      pinField.current?.focus();
    }
  }

  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (needsReason && pin !== "") reasonField.current?.focus();
    else void sign();
  };
  return (
    <div className="handover-form">
      <p className="handover-words">{t(`handover.sign.about.${side}`)}</p>
      <StatementForm
        side={side}
        draft={draft}
        signer={who}
        timing={timing}
        said={said}
        reasonField={reasonField}
        onReasonDone={() => pinField.current?.focus()}
        onChange={setSaid}
      />
      {may.length === 0 ? (
        <p className="handover-nobody">{t(`handover.sign.nobody.${side}`)}</p>
      ) : (
        <>
          {isInstead && <p className="handover-lack">{t(`handover.sign.instead.${side}`)}</p>}
          {isTheirLast && <p className="handover-lack">{t("handover.sign.last", { name: nameIn(draft, who) })}</p>}
          <label>
            <span className="label">{t("handover.sign.officer")}</span>
            <select className="input" value={who} onChange={(event) => setOfficerId(event.target.value)}>
              {may.map((id) => (
                <option key={id} value={id}>
                  {nameIn(draft, id) || id}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span className="label">
              {t("handover.sign.pin")} <Key name="S" />
            </span>
            <PinField
              ref={pinField}
              value={pin}
              aria-invalid={error?.id === "session.wrong_pin"}
              onPin={setPin}
              onKeyDown={onEnter}
            />
          </label>
        </>
      )}
      {error && <ErrorNote error={error} />}
      <UnsavedWords draft={draft} now={now} />
      {lacks.map((lack) => (
        <p key={JSON.stringify(lack)} className="handover-lack">
          {lackWords(lack, t)}
        </p>
      ))}
      <Button
        tone="next"
        hotkey={confirmKey}
        keyLabel={t(`handover.sign.${side}`)}
        disabled={!ready}
        onPress={() => void sign()}
      >
        {t(`handover.sign.do.${side}`)}
      </Button>
    </div>
  );
}

function lackWords(lack: Lack, t: ReturnType<typeof useText>): string {
  if ("count" in lack) return t(`handover.lack.${lack.type}`, { count: lack.count });
  return t(`handover.lack.${lack.type}`, { no: lack.index + 1 });
}
