import { useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import type { Alarm } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { usePage } from "./store.ts";

/** What a person can do about an alarm. */
export function useAlarmActs() {
  const { goTo, selectEvent, openArrive } = usePage();
  const answering = useAct("presence.answer");
  const acknowledging = useAct("alarm.acknowledge");
  const [refusal, setRefusal] = useState<DeskError>();
  const settled = async (outcome: { ok: true } | { ok: false; error: DeskError }) => {
    setRefusal(outcome.ok ? undefined : outcome.error);
    await askAgain("alarm.list", "presence.now");
    return outcome.ok;
  };

  const open = ({ kind, eventId, keys }: Alarm): void => {
    if (kind === "district_word") {
      if (eventId) selectEvent(eventId);
      goTo("queue", eventId ? { eventId } : undefined);
    } else if (kind === "event" || kind === "late" || kind === "climbed") {
      if (keys.length === 1 && eventId) selectEvent(eventId);
      goTo("queue", keys.length === 1 && eventId ? { eventId } : { view: kind === "event" ? "open" : "late" });
    } else if (kind === "handover") goTo("handover");
    else if (kind === "absent" || kind === "relief") openArrive(true);
    else if (kind === "swap_void" || kind.startsWith("gap")) goTo("roster");
  };

  /** The usual thing: answers, opens what must be accepted, or says that it was seen. Whether it is answered. */
  const take = async (alarm: Alarm, remarks = ""): Promise<boolean> => {
    if (alarm.stops === "accept") open(alarm);
    else if (alarm.stops === "acknowledge") return settled(await acknowledging.act({ keys: alarm.keys.slice(0, 200) }));
    else if (alarm.checkId && (alarm.kind === "vigilance" || alarm.kind === "duty_check"))
      return settled(await answering.act({ kind: alarm.kind, checkId: alarm.checkId, remarks }));
    return false;
  };

  return { open, take, refusal, busy: answering.busy || acknowledging.busy };
}
