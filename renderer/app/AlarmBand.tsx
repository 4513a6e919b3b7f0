import type { ComponentProps } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { type Typed, useTyped } from "#renderer/bridge/use-typed.ts";
import { ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { Alarm } from "#shared/contract.ts";
import { AlarmWords } from "./AlarmWords.tsx";
import { across, rowKey, unanswered, useAlarms } from "./alarm.ts";
import { useAlarmActs } from "./use-alarm-acts.ts";

export const alarmKey = hotkeys.always.alarm;

/** The open question of an alarm, with its clock. */
export function useOpenCheck() {
  const open = useDesk("presence.now", {}).data?.open ?? [];
  return (alarm: Alarm) => open.find(({ kind, checkId }) => kind === alarm.kind && checkId === alarm.checkId);
}

/**
 * What must not wait, across the screen under the strip, whatever is shown below it. `locked`: only what may be answered
 * without a PIN has its key; `nobody` is signed in: it can only be read.
 */
export function AlarmBand({ who }: { who: "officer" | "locked" | "nobody" }) {
  const t = useText();
  const checkOf = useOpenCheck();
  const acts = useAlarmActs();
  const loud = unanswered(useAlarms());
  const shown = across(loud);
  const may = (alarm: Alarm) => who === "officer" || (who === "locked" && alarm.kind === "vigilance");
  const first = who === "officer" ? loud[0] : shown.find(may);
  const isShown = first !== undefined && shown.includes(first);
  useHotkey(alarmKey, () => first && !acts.busy && void acts.take(first), {
    when: first !== undefined && !isShown,
    label: t("alarm.key"),
    always: true,
  });
  if (shown.length === 0) return null;
  return (
    <div className="alarm-band" role="alert">
      {shown.map((alarm) => {
        const row = { alarm, check: checkOf(alarm), who, may: may(alarm), isFirst: alarm === first, acts };
        const key = rowKey(alarm);
        return alarm.kind === "duty_check" && row.may ? (
          <CheckRow key={key} {...row} />
        ) : (
          <AlarmRow key={key} {...row} />
        );
      })}
      {acts.refusal && <ErrorNote error={acts.refusal} />}
    </div>
  );
}

interface RowProps {
  readonly alarm: Alarm;
  readonly check: ComponentProps<typeof AlarmWords>["check"];
  readonly who: "officer" | "locked" | "nobody";
  readonly may: boolean;
  /** Its key is the one of all alarms. */
  readonly isFirst: boolean;
  readonly acts: ReturnType<typeof useAlarmActs>;
}

/** A duty check is answered with remarks. A part of its own: what was half-typed is asked for while one is open, not at each start. */
function CheckRow(props: RowProps) {
  return <AlarmRow {...props} words={useTyped(`duty_check:${props.alarm.checkId}`, { remarks: "" })} />;
}

function AlarmRow({ alarm, check, who, may, isFirst, acts, words }: RowProps & { words?: Typed<{ remarks: string }> }) {
  const t = useText();
  const press = () => {
    if (!acts.busy) void acts.take(alarm, words?.typed.remarks).then((isDone) => isDone && words?.drop());
  };
  useHotkey(alarmKey, press, { when: isFirst, label: t("alarm.key"), always: true });
  return (
    <div className={`alarm is-${alarm.level}`}>
      <span className="alarm-words">
        <AlarmWords alarm={alarm} check={check} />
      </span>
      {may ? (
        <span className="alarm-acts">
          {words && (
            <input
              className="input alarm-remarks"
              aria-label={t("alarm.remarks")}
              placeholder={t("alarm.remarks")}
              maxLength={200}
              value={words.typed.remarks}
              onChange={(event) => words.type({ remarks: event.target.value })}
            />
          )}
          {alarm.stops !== "answer" && (
            <button type="button" className="button" onClick={() => acts.open(alarm)}>
              {t(`alarm.open.${alarm.kind}`)}
              {alarm.stops === "accept" && isFirst && <Key name={alarmKey} />}
            </button>
          )}
          {alarm.stops !== "accept" && (
            <button type="button" className="button" disabled={acts.busy} onClick={press}>
              {t(alarm.stops === "answer" ? "alarm.answer" : "alarm.acknowledge")}
              {isFirst && <Key name={alarmKey} />}
            </button>
          )}
        </span>
      ) : (
        <span className="alarm-acts">{t(who === "locked" ? "alarm.unlock_first" : "alarm.sign_in_first")}</span>
      )}
    </div>
  );
}
