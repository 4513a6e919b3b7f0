import { useText } from "#renderer/text/text.ts";
import { useAlarmSound } from "./alarm.ts";

/** The one voice of the page. It shows nothing unless the browser holds the sound back. */
export function AlarmSound() {
  const t = useText();
  const { isBlocked } = useAlarmSound();
  return isBlocked ? <div className="alarm-blocked">{t("alarm.blocked")}</div> : null;
}
