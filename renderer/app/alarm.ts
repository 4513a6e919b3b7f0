import { useEffect, useRef, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import type { EventRow } from "#shared/contract.ts";
import { type Level, levels } from "#shared/domain/duty-event/event.ts";

/** How an unaccepted event of a level sounds: `everyMs` 0 sounds once. One sound at a time, of the gravest level. */
const sounds: Readonly<Record<Level, { hertz: number; beeps: number; everyMs: number }>> = {
  critical: { hertz: 880, beeps: 3, everyMs: 4_000 },
  urgent: { hertz: 660, beeps: 2, everyMs: 12_000 },
  normal: { hertz: 520, beeps: 1, everyMs: 0 },
};
const beepS = 0.14;

/** Events that nobody has accepted, the gravest first: an alarm until a person accepts, and the log says who. */
export const unaccepted = (rows: readonly EventRow[]): EventRow[] =>
  rows
    .filter((row) => row.state === "reported")
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.reportedAt - b.reportedAt);

/** What sounds now, and whether it has been silenced. */
export interface Alarm {
  readonly first: EventRow | undefined;
  readonly count: number;
  /** `blocked`: the browser plays nothing until somebody has pressed a key or clicked on the page. */
  readonly sound: "on" | "silenced" | "blocked";
  /** `null`: it may not be silenced (red), or there is nothing to silence. */
  readonly silence: (() => void) | null;
}

/** Sounds until somebody accepts. Silencing holds for the events that are known, never for red and never for a new one. */
export function useAlarm(isSignedIn: boolean): Alarm {
  // Before sign-in only the needs of the glance are open; they hold the gravest ones.
  const needs = useDesk("desk.now", {}).data?.needs ?? [];
  const all = useDesk(
    "event.list",
    { view: "open", states: ["reported"], sort: "urgency", limit: 200 },
    { enabled: isSignedIn },
  ).data;
  const rows = unaccepted(all?.rows ?? needs);
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set());
  const [isBlocked, setBlocked] = useState(false);
  const loud = rows.filter((row) => row.level === "critical" || !silenced.has(row.id));
  const level = loud[0]?.level;
  const known = loud.map((row) => row.id).join();
  const context = useRef<AudioContext>(null);

  useEffect(() => {
    if (!level || known === "") return;
    const { everyMs } = sounds[level];
    const play = () => {
      if (typeof AudioContext === "undefined") return;
      const mayPlay = navigator.userActivation?.hasBeenActive ?? true;
      setBlocked(!mayPlay);
      if (!mayPlay) return;
      context.current ??= new AudioContext();
      beep(context.current, level);
    };
    play();
    if (everyMs === 0) return;
    const timer = setInterval(play, everyMs);
    return () => clearInterval(timer);
  }, [level, known]);

  const maySilence = level !== undefined && level !== "critical" && sounds[level].everyMs > 0;
  return {
    first: rows[0],
    count: all?.total ?? rows.length,
    sound: rows.length > 0 && loud.length === 0 ? "silenced" : isBlocked ? "blocked" : "on",
    silence: maySilence ? () => setSilenced(new Set(rows.map((row) => row.id))) : null,
  };
}

function beep(context: AudioContext, level: Level): void {
  const { hertz, beeps } = sounds[level];
  void context.resume();
  for (let index = 0; index < beeps; index++) {
    const startAt = context.currentTime + index * beepS * 1.7;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    // Soft edges: a click at the start of each beep tires the ear.
    volume.gain.setValueAtTime(0, startAt);
    volume.gain.linearRampToValueAtTime(0.25, startAt + 0.02);
    volume.gain.setValueAtTime(0.25, startAt + beepS - 0.02);
    volume.gain.linearRampToValueAtTime(0, startAt + beepS);
    tone.connect(volume).connect(context.destination);
    tone.start(startAt);
    tone.stop(startAt + beepS);
  }
}
