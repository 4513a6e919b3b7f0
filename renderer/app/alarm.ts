import { useEffect, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { setDeskTime } from "#renderer/parts/index.ts";
import type { Alarm } from "#shared/contract.ts";
import type { AlarmLevel } from "#shared/domain/presence/alarm.ts";

/** One sound for each level, again and again until a person has answered. Only the gravest level sounds. */
const sounds: Readonly<Record<AlarmLevel, { hertz: number; beeps: number; everyMs: number }>> = {
  red: { hertz: 880, beeps: 3, everyMs: 4_000 },
  orange: { hertz: 660, beeps: 2, everyMs: 12_000 },
  yellow: { hertz: 520, beeps: 1, everyMs: 120_000 },
};
const beepS = 0.14;
/** The first voice of a page opens the sound of the PC, a tenth of a second in which nothing else is done: not while its screens come up. */
const quietUntilMs = 2_000;

export function useAlarms(): readonly Alarm[] {
  const { data } = useDesk("alarm.list", {});
  const at = data?.at;
  useEffect(() => {
    if (at !== undefined) setDeskTime(at);
  }, [at]);
  return data?.alarms ?? [];
}

export const unanswered = (alarms: readonly Alarm[]): Alarm[] =>
  alarms.filter(({ acknowledged }) => acknowledged === null);

/** One row of a list of alarms: events have one for each level and for whom they were told to. */
export const rowKey = ({ kind, level, eventLevel, to }: Pick<Alarm, "kind" | "level" | "eventLevel" | "to">): string =>
  [kind, level, eventLevel, to].join("/");

/** Kinds that stand across the screen whatever their level; of the others what is red does, the rest is counted at its foot. */
const inTheWay: readonly Alarm["kind"][] = [
  "duty_check",
  "vigilance",
  "district_word",
  "climbed",
  "gap_now",
  "handover",
  "absent",
  "relief",
];
const standsAcross = ({ kind, level }: Alarm): boolean => level === "red" || inTheWay.includes(kind);

/** More than this would cover the work; the foot of the screen counts the rest. */
const mostAcross = 3;

/**
 * PS-11: what stands across the screen, of what nobody has answered. Where anything does, the first of all is there too, so
 * that nothing lighter stands above it; and what the desk itself is asked has its place whatever else there is.
 */
export function across(loud: readonly Alarm[]): Alarm[] {
  const own = loud.filter(standsAcross);
  const shown = own.length === 0 ? [] : loud.filter((alarm, at) => at === 0 || own.includes(alarm));
  let room = mostAcross - shown.filter(isAsked).length;
  return shown.filter((alarm) => isAsked(alarm) || room-- > 0);
}
const isAsked = ({ stops }: Alarm): boolean => stops === "answer";

/**
 * Sounds while something is unanswered, whichever screen is shown, also with the window hidden or the desk locked. Used
 * once in the page. Answers whether the browser holds the sound back until somebody has pressed a key.
 */
export function useAlarmSound(): { readonly isBlocked: boolean } {
  const loud = unanswered(useAlarms());
  const level = loud[0]?.level;
  // Something new of the same level sounds at once.
  const known = loud.flatMap(({ keys }) => keys).join();
  const [isBlocked, setBlocked] = useState(false);

  useEffect(() => {
    if (!level || known === "") return;
    const play = () => {
      if (typeof AudioContext === "undefined") return;
      const mayPlay = navigator.userActivation?.hasBeenActive ?? true;
      setBlocked(!mayPlay);
      if (!mayPlay) return;
      beep(level);
    };
    let timer: ReturnType<typeof setInterval> | undefined;
    const start = () => {
      play();
      timer = setInterval(play, sounds[level].everyMs);
    };
    // The age of the page, not of this effect: what comes later sounds at once.
    const waitMs = quietUntilMs - performance.now();
    const waiting = waitMs > 0 ? setTimeout(start, waitMs) : undefined;
    if (waiting === undefined) start();
    return () => {
      clearTimeout(waiting);
      clearInterval(timer);
    };
  }, [level, known]);

  // The key that lets it sound makes it sound: not at its next turn, which may be two minutes away.
  useEffect(() => {
    if (!isBlocked || !level) return;
    const wake = () => {
      if (!navigator.userActivation?.hasBeenActive) return;
      setBlocked(false);
      beep(level);
    };
    for (const press of ["keyup", "pointerup"] as const) window.addEventListener(press, wake);
    return () => {
      for (const press of ["keyup", "pointerup"] as const) window.removeEventListener(press, wake);
    };
  }, [isBlocked, level]);
  return { isBlocked: isBlocked && level !== undefined };
}

/** The voice ends with its last tone: one that goes on in silence costs more than all else of a desk at rest. */
function beep(level: AlarmLevel): void {
  const { hertz, beeps } = sounds[level];
  const context = new AudioContext();
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
    if (index === beeps - 1) tone.onended = () => void context.close();
  }
}
