import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { Alarm } from "#shared/contract.ts";
import { AlarmWords } from "./AlarmWords.tsx";
import { standsAcross, unanswered, useAlarms } from "./alarm.ts";
import { useAlarmActs } from "./use-alarm-acts.ts";

/** More than this would cover the work; the foot of the screen counts the rest. */
const most = 3;
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
  const { open, take, refusal, busy } = useAlarmActs();
  const [remarks, setRemarks] = useState("");
  const loud = unanswered(useAlarms());
  const shown = loud.filter(standsAcross).slice(0, most);
  const may = (alarm: Alarm) => who === "officer" || (who === "locked" && alarm.kind === "vigilance");
  const first = who === "officer" ? loud[0] : shown.find(may);
  const press = (alarm: Alarm | undefined) => {
    if (!alarm || busy) return;
    void take(alarm, remarks).then(() => setRemarks(""));
  };
  useHotkey(alarmKey, () => press(first), { when: first !== undefined, label: t("alarm.key"), always: true });
  if (shown.length === 0) return null;
  return (
    <div className="alarm-band" role="alert">
      {shown.map((alarm) => (
        <div key={`${alarm.kind}/${alarm.level}`} className={`alarm is-${alarm.level}`}>
          <span className="alarm-words">
            <AlarmWords alarm={alarm} check={checkOf(alarm)} />
          </span>
          {may(alarm) ? (
            <span className="alarm-acts">
              {alarm.kind === "duty_check" && (
                <input
                  className="input alarm-remarks"
                  aria-label={t("alarm.remarks")}
                  placeholder={t("alarm.remarks")}
                  maxLength={200}
                  value={remarks}
                  onChange={(event) => setRemarks(event.target.value)}
                />
              )}
              {alarm.stops !== "answer" && <Button onPress={() => open(alarm)}>{t(`alarm.open.${alarm.kind}`)}</Button>}
              <button type="button" className="button" disabled={busy} onClick={() => press(alarm)}>
                {t(alarm.stops === "answer" ? "alarm.answer" : "alarm.acknowledge")}
                {alarm === first && <Key name={alarmKey} />}
              </button>
            </span>
          ) : (
            <span className="alarm-acts">{t(who === "locked" ? "alarm.unlock_first" : "alarm.sign_in_first")}</span>
          )}
        </div>
      ))}
      {refusal && <ErrorNote error={refusal} />}
    </div>
  );
}
