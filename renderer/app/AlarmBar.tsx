import { Button, Key, useMinute } from "#renderer/parts/index.ts";
import { whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Alarm } from "#shared/contract.ts";
import { alarmKey, useOpenCheck } from "./AlarmBand.tsx";
import { AlarmWords } from "./AlarmWords.tsx";
import { across, rowKey, unanswered, useAlarms } from "./alarm.ts";
import { useAlarmActs } from "./use-alarm-acts.ts";

/** How many alarms nobody has answered, the gravest in words; a click shows all of them, with who has seen which. */
export function AlarmBar({ canAct }: { canAct: boolean }) {
  const t = useText();
  const checkOf = useOpenCheck();
  const alarms = useAlarms();
  const loud = unanswered(alarms);
  const [first] = loud;
  if (alarms.length === 0) return null;
  return (
    <>
      {first && across(loud).length === 0 && (
        <span className="alarm-first">
          <span className="one-line">
            <AlarmWords alarm={first} check={checkOf(first)} />
          </span>
          {canAct && <Key name={alarmKey} />}
        </span>
      )}
      <button
        type="button"
        className={first ? `keys-count is-alarm is-${first.level}` : "keys-count"}
        popoverTarget="alarm-list"
        disabled={!canAct}
      >
        {first ? t("alarm.count", { count: loud.length }) : t("alarm.seen", { count: alarms.length })}
      </button>
      {canAct && (
        <div id="alarm-list" popover="auto" className="popover alarm-list">
          <h2 className="pane-title">{t("alarm.list")}</h2>
          <ul>
            {alarms.map((alarm) => (
              <AlarmRow key={rowKey(alarm)} alarm={alarm} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function AlarmRow({ alarm }: { alarm: Alarm }) {
  const t = useText();
  const now = useMinute();
  const checkOf = useOpenCheck();
  const { open, take, busy } = useAlarmActs();
  const { acknowledged, level, stops } = alarm;
  return (
    <li className="alarm-row">
      <span className={`alarm-level is-${level} ${acknowledged ? "is-seen" : ""}`}>{t(`desk.warning.${level}`)}</span>
      <span>
        <AlarmWords alarm={alarm} check={checkOf(alarm)} />
      </span>
      {acknowledged ? (
        <span className="soft">
          {t("alarm.acknowledged", { name: acknowledged.name, at: whenText(acknowledged.at, now) })}
        </span>
      ) : (
        <span className="alarm-acts">
          {stops !== "answer" && <Button onPress={() => open(alarm)}>{t(`alarm.open.${alarm.kind}`)}</Button>}
          {stops !== "accept" && (
            <Button disabled={busy} onPress={() => void take(alarm)}>
              {t(stops === "answer" ? "alarm.answer" : "alarm.acknowledge")}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
