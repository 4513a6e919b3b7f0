import { useEffect, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, Dialog, ErrorNote } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { phoneText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { LayerView, OfficerView } from "#shared/contract.ts";
import type { LayerKind } from "#shared/domain/roster/layer-entry.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { emptiedText, instantOfWords, restText, slotText, type Words, wordsOfInstant } from "./layer-words.ts";
import { OfficerAnswer } from "./OfficerAnswer.tsx";
import { inOrderOfCalling } from "./pick.ts";

/** What is asked for: a kind, and the place it begins from. */
export interface Asking {
  readonly kind: LayerKind;
  readonly slot: string;
  /** Who is planned there. */
  readonly holder: string | null;
  readonly fromAt: number;
  readonly toAt: number;
  /** Somebody offers to stand in themselves. */
  readonly officerId?: string;
  /** Who stands in that shift already. */
  readonly inShift: readonly string[];
  /** For a swap: places of others, or own ones, that could be given for this one. */
  readonly others: readonly { readonly slot: string; readonly officerId: string }[];
}

interface Props {
  readonly asking: Asking;
  readonly me: OfficerView;
  readonly officers: readonly OfficerView[];
  readonly words: Words;
  readonly onLeave: () => void;
  readonly onAsked: (layer: LayerView) => void;
}

const slotRole = (slot: string): DutyRole => slot.split("/")[2] as DutyRole;

/** A request over the plan: for what, for whom, from when to when, why. */
export function AskDialog({ asking, me, officers, words, onLeave, onAsked }: Props) {
  const t = useText();
  const why = useRef<HTMLInputElement>(null);
  const { kind, slot, others } = asking;
  const { offsetMin } = words.rules;
  const [otherSlot, setOtherSlot] = useState(others[0]?.slot ?? "");
  const [officerId, setOfficerId] = useState(asking.officerId ?? (kind === "leave" ? (asking.holder ?? me.id) : ""));
  const { typed, type, drop } = useTyped(`ask:${kind}:${slot}`, {
    reason: "",
    from: wordsOfInstant(asking.fromAt, offsetMin),
    to: wordsOfInstant(asking.toAt, offsetMin),
  });
  const { reason, from, to } = typed;
  const [error, setError] = useState<DeskError>();
  const swap = useAct("roster.swap");
  const leave = useAct("roster.leave");
  const cover = useAct("roster.cover");
  // The times of the shift stand there; why is what nobody knows yet.
  useEffect(() => {
    if (kind === "leave") why.current?.focus();
  }, [kind]);
  const busy = swap.busy || leave.busy || cover.busy;
  const [fromAt, toAt] = [instantOfWords(from, offsetMin), instantOfWords(to, offsetMin)];
  const isCover = kind === "stand_in" || kind === "relief";
  const timed = kind === "swap" || (fromAt !== undefined && toAt !== undefined && fromAt < toAt);
  const ready = timed && (kind === "swap" ? otherSlot !== "" : reason.trim() !== "") && (!isCover || officerId !== "");

  const isChosen = kind === "swap" ? otherSlot !== "" : officerId !== "" && timed;
  const weighed = useDesk(
    "roster.weigh",
    kind === "swap"
      ? { kind, slot, otherSlot }
      : { kind, ...(isCover ? { slot } : {}), officerId, fromAt: fromAt ?? 0, toAt: toAt ?? 0 },
    { enabled: isChosen },
  );

  async function ask(): Promise<void> {
    if (!ready || busy) return;
    const outcome =
      kind === "swap"
        ? await swap.act({ slot, otherSlot, reason })
        : kind === "leave"
          ? await leave.act({ officerId, fromAt: fromAt ?? 0, toAt: toAt ?? 0, reason })
          : await cover.act({ kind, slot, officerId, fromAt: fromAt ?? 0, toAt: toAt ?? 0, reason });
    if (!outcome.ok) return setError(outcome.error);
    drop();
    onAsked(outcome.value.layer);
  }

  return (
    <Dialog title={t(`roster.ask.${kind}`)} onClose={onLeave} className="roster-ask-dialog">
      <form
        className="roster-form"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className="roster-form-place">
          {kind === "leave" ? words.nameOf(officerId) : slotText(slot, words.rules)}
          {kind !== "leave" && asking.holder && <strong>{words.nameOf(asking.holder)}</strong>}
        </p>
        {kind === "swap" && (
          <div className="roster-form-row">
            <span>{t("roster.ask.with")}</span>
            {others.length === 0 ? (
              <em>{t("roster.ask.no_others")}</em>
            ) : (
              <select
                className="input"
                aria-label={t("roster.ask.with")}
                value={otherSlot}
                onChange={(event) => setOtherSlot(event.target.value)}
              >
                {others.map((one) => (
                  <option key={one.slot} value={one.slot}>
                    {`${slotText(one.slot, words.rules)} ${words.nameOf(one.officerId)}`}
                  </option>
                ))}
              </select>
            )}
          </div>
        )}
        {isCover && asking.officerId === undefined && (
          <div className="roster-form-row">
            <span>{t(`roster.ask.who.${kind}`)}</span>
            {officerId === "" ? (
              <OfficerAnswer
                label={t(`roster.ask.who.${kind}`)}
                officers={inOrderOfCalling(officers, slotRole(slot), asking.inShift).filter(
                  ({ id }) => id !== asking.holder,
                )}
                near={[]}
                someone
                noteOf={({ id, phone }) => (asking.inShift.includes(id) ? t("roster.pick.twice") : phoneText(phone))}
                onFocus={() => {}}
                onTake={(id) => {
                  setOfficerId(id);
                  why.current?.focus();
                }}
              />
            ) : (
              <p className="roster-form-chosen">
                <strong>{words.nameOf(officerId)}</strong>
                <span>{phoneText(officers.find(({ id }) => id === officerId)?.phone ?? "")}</span>
                <button type="button" className="button button-link" onClick={() => setOfficerId("")}>
                  {t("roster.ask.other_person")}
                </button>
              </p>
            )}
          </div>
        )}
        {kind !== "swap" && (
          <div className="roster-form-row">
            <span>{t("roster.ask.when")}</span>
            <span className="roster-form-stretch">
              <input
                className="input"
                aria-label={t("roster.ask.from")}
                aria-invalid={fromAt === undefined}
                value={from}
                onChange={(event) => type({ from: event.target.value })}
              />
              <span>–</span>
              <input
                className="input"
                aria-label={t("roster.ask.to")}
                aria-invalid={toAt === undefined || !timed}
                value={to}
                onChange={(event) => type({ to: event.target.value })}
              />
            </span>
          </div>
        )}
        <label className="roster-form-row">
          <span>{t(kind === "swap" ? "roster.ask.reason_optional" : "roster.ask.reason")}</span>
          <input
            className="input"
            ref={why}
            maxLength={200}
            value={reason}
            onChange={(event) => type({ reason: event.target.value })}
          />
        </label>
        <p className="roster-form-about">{t(`roster.ask.about.${kind}`)}</p>
        {isChosen && weighed.data && weighed.data.gaps.length > 0 && (
          <p className="roster-rest" role="status">
            {emptiedText(weighed.data.gaps, words)}
          </p>
        )}
        {isChosen &&
          weighed.data?.rests.map((rest) => (
            <p key={`${rest.officerId} ${rest.offAt}`} className="roster-rest" role="status">
              {restText(rest, words)}
            </p>
          ))}
        {(error ?? (isChosen && weighed.error)) && <ErrorNote error={error ?? (weighed.error as DeskError)} />}
        <footer className="roster-form-foot">
          <Button onPress={onLeave} hotkey={backKey}>
            {t("roster.back")}
          </Button>
          <Button tone="next" hotkey={confirmKey} disabled={!ready || busy} onPress={() => void ask()}>
            {t(`roster.ask.send.${kind}`)}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
