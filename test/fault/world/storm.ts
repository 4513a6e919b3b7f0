import type { Centre } from "./centre.ts";
import type { VirtualClock } from "./clock.ts";
import type { WorldDesk } from "./desk.ts";
import type { Dice } from "./dice.ts";
import { drawWeather, type Weather } from "./weather.ts";

const deskWatchMs = 9_000;
const centreWatchMs = 4_000;

export interface StormOptions {
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly desks: readonly WorldDesk[];
  readonly centre: Centre;
  readonly lastsMs: number;
  readonly turn: (desk: string, weather: Weather) => void;
  readonly say: (line: string) => void;
}

/** Everything that goes wrong in a world until it heals, drawn and put on the clock. */
export function brewStorm({ clock, dice, desks, centre, lastsMs, turn, say }: StormOptions) {
  const count = { kills: 0, restores: 0 };
  const sometime = () => dice.between(0, lastsMs);

  function plagueDesk(desk: WorldDesk): void {
    if (dice.chance(0.3)) desk.skewMs = dice.pick([-86_400_000, -3_600_000, 90_000, 86_400_000]);
    for (let turns = dice.between(1, 4), first = true; turns > 0; turns--, first = false) {
      const weather = drawWeather(dice);
      clock.after(first ? 0 : sometime(), () => turn(desk.name, weather));
    }
    if (dice.chance(0.15)) {
      const byMs = dice.pick([-600_000, 600_000]);
      clock.after(sometime(), () => {
        desk.skewMs += byMs;
      });
    }
    for (let kills = dice.pick([0, 0, 0, 1, 2]); kills > 0; kills--) {
      const point = dice.between(1, 60);
      clock.after(sometime(), () => {
        say(`kill ${desk.name} at statement ${point}`);
        desk.killAt(point);
      });
    }
    watch(deskWatchMs, desk, () => dice.between(1, 8_000));
  }

  function plagueCentre(): void {
    for (let kills = dice.pick([0, 1, 1, 2, 3]); kills > 0; kills--) {
      const point = dice.pick([
        "before_answer",
        "before_answer",
        "in_push",
        "in_push",
        1,
        dice.between(1, 60),
      ] as const);
      clock.after(sometime(), () => {
        say(`kill district at ${point}`);
        centre.killAt(point);
      });
    }
    watch(centreWatchMs, centre, () => 0);
  }

  /** Whoever is found gone is switched on again a little later. */
  function watch(everyMs: number, who: { readonly up: boolean; boot(): unknown }, delayMs: () => number): void {
    const look = () => {
      if (!who.up) {
        count.kills++;
        clock.after(delayMs(), () => {
          if (!who.up) who.boot();
        });
      }
      if (clock.now() < lastsMs) clock.after(everyMs, look);
    };
    clock.after(everyMs, look);
  }

  /** F14: the operator puts an older backup back, and says so. */
  function restoreOnce(): void {
    let backup: Uint8Array | undefined;
    const at = sometime();
    clock.after(at, () => {
      if (centre.up) backup = centre.backUp();
    });
    clock.after(at + dice.between(1_000, lastsMs), () => {
      if (!backup || clock.now() > lastsMs) return;
      say("restore district");
      count.restores++;
      void centre.restore(backup);
    });
  }

  for (const desk of desks) plagueDesk(desk);
  plagueCentre();
  if (dice.chance(0.25)) restoreOnce();
  return count;
}
