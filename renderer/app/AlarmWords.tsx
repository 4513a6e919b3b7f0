import { useTime } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { Alarm, OpenCheck } from "#shared/contract.ts";
import { alarmWords } from "./alarm-words.ts";

/** The sentence of an alarm; it ticks by itself where it tells a time that runs. */
export function AlarmWords({ alarm, check }: { alarm: Alarm; check: OpenCheck | undefined }) {
  const t = useText();
  return useTime((now) => alarmWords(t, alarm, check, now));
}
