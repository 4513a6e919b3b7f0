import { type Ref, useId, useState } from "react";
import { isReason, ReasonField } from "#renderer/parts/index.ts";
import { durationText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import type { HandoverSide, HandoverStatement, HandoverTiming } from "#shared/domain/handover/handover.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";

interface Props {
  readonly side: HandoverSide;
  readonly draft: HandoverDraft;
  readonly signer: string;
  readonly timing: HandoverTiming;
  readonly said: HandoverStatement;
  readonly reasonField: Ref<HTMLInputElement>;
  readonly onReasonDone: () => void;
  readonly onChange: (said: HandoverStatement) => void;
}

/** What is said with a signature that is not as usual: why early or late, who is absent, what is not taken. */
export function StatementForm(props: Props) {
  const t = useText();
  const { side, timing, said, reasonField, onReasonDone, onChange } = props;
  const [asked, setAsked] = useState(false);
  const reasonId = useId();
  // What is signed stands on screen, also what was kept from before.
  const opened = asked || said.absent.length > 0 || said.remarks !== "";
  return (
    <>
      {timing.kind !== "on_time" && (
        <div>
          <label className="label is-required" htmlFor={reasonId}>
            {t(`handover.reason.${timing.kind}`, { by: durationText(timing.minutes * minuteMs) })}
          </label>
          <ReasonField
            id={reasonId}
            ref={reasonField}
            value={said.reason}
            maxLength={500}
            aria-required
            aria-invalid={!isReason(said.reason)}
            placeholder={t("handover.reason")}
            onReason={(reason) => onChange({ ...said, reason })}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey) return;
              event.preventDefault();
              onReasonDone();
            }}
          />
        </div>
      )}
      {side === "incoming" && <Refusals {...props} />}
      <button
        type="button"
        className="button-link handover-more"
        aria-expanded={opened}
        onClick={() => {
          if (opened) onChange({ ...said, absent: [], remarks: "" });
          setAsked(!opened);
        }}
      >
        {t(`handover.${opened ? "usual" : "unusual"}.${side}`)}
      </button>
      {opened && <Absent {...props} />}
      {opened && side === "incoming" && (
        <label>
          <span className="label">{t("handover.objection")}</span>
          <textarea
            className="input"
            rows={2}
            maxLength={2000}
            value={said.remarks}
            placeholder={t("handover.objection.about")}
            onChange={(event) => onChange({ ...said, remarks: event.target.value })}
          />
        </label>
      )}
    </>
  );
}

/** HO-9: who of the side is not there, and why. */
function Absent({ side, draft, said, onChange }: Props) {
  const t = useText();
  const people = draft.record[side].filter(({ role }) => role !== "standby");
  const put = (officerId: string, why: string | undefined) => {
    const rest = said.absent.filter((one) => one.officerId !== officerId);
    const person = people.find((one) => one.officerId === officerId);
    onChange({ ...said, absent: why === undefined || !person ? rest : [...rest, { ...person, why }] });
  };
  return (
    <fieldset className="handover-absent">
      <legend className="label">{t("handover.absent")}</legend>
      {people.map(({ officerId, name, role }) => {
        const gone = said.absent.find((one) => one.officerId === officerId);
        return (
          <div key={`${role}/${officerId}`}>
            <label>
              <input
                type="checkbox"
                checked={gone !== undefined}
                onChange={(event) => put(officerId, event.target.checked ? "" : undefined)}
              />{" "}
              {say(roleNames[role])} {name}
            </label>
            {gone && (
              <input
                className="input"
                value={gone.why}
                maxLength={500}
                aria-label={t("handover.absent.why", { name })}
                placeholder={t("handover.absent.why", { name })}
                aria-invalid={gone.why.trim() === ""}
                onChange={(event) => put(officerId, event.target.value)}
              />
            )}
          </div>
        );
      })}
      <p className="handover-words">{t("handover.absent.about")}</p>
    </fieldset>
  );
}

/** HO-11 HO-12: items left to the signer: taken, unless refused here with a reason. */
function Refusals({ draft, signer, said, onChange }: Props) {
  const t = useText();
  const mine = draft.record.carryOver.filter(({ toOfficerId }) => toOfficerId === signer);
  if (mine.length === 0) return null;
  const put = (carryId: string, reason: string | undefined) => {
    const rest = said.refused.filter((one) => one.carryId !== carryId);
    onChange({ ...said, refused: reason === undefined ? rest : [...rest, { carryId, reason }] });
  };
  return (
    <fieldset className="handover-absent">
      <legend className="label">{t("handover.refuse.mine", { count: mine.length })}</legend>
      {mine.map(({ id, text }) => {
        const refused = said.refused.find(({ carryId }) => carryId === id);
        return (
          <div key={id}>
            <p className="handover-clamped" title={text}>
              {text}
            </p>
            <label>
              <input
                type="checkbox"
                checked={refused !== undefined}
                onChange={(event) => put(id, event.target.checked ? "" : undefined)}
              />{" "}
              {t("handover.refuse")}
            </label>
            {refused && (
              <input
                className="input"
                value={refused.reason}
                maxLength={500}
                aria-label={t("handover.refuse.why")}
                placeholder={t("handover.refuse.why")}
                aria-invalid={refused.reason.trim() === ""}
                onChange={(event) => put(id, event.target.value)}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
