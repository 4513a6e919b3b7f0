import { clockJumpMs } from "#shared/domain/duty-log/chain-entry.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { CorePorts } from "../ports.ts";
import { type Db, keepingHouse } from "../store/database.ts";
import { readMeta, writeMeta } from "../store/meta.ts";

/** What the desk says of its PC's clock. `aheadMs`: how far it stands before the time that the desk goes by. */
export interface ClockTrouble {
  readonly aheadMs: number;
  /** The desk's time at which it was noticed. */
  readonly noticedAt: number;
  /** `set`: moved while the desk looked on; `restart`: nobody knows how long the PC was off. */
  readonly why: "set" | "restart";
}

/** CL-8: the time of the desk. Limits, log lines and everything shown go by it; the PC's clock is only its first word. */
export interface SteadyClock {
  /** Milliseconds since 1970 that never jump with the PC's clock. */
  now(): number;
  /** What the PC's clock says, for the facts of the log's chain. */
  wall(): number;
  trouble(): ClockTrouble | null;
  /** Looks at the clocks: follows small trims, keeps what a restart needs. True: the PC's clock has just jumped. */
  look(): boolean;
  /** CL-10: a person says that the PC's clock is right: from now on the desk goes by it. */
  adopt(): void;
  /** CL-9: the district's time, once it is known, settles what a restart left open. True: it moved the time of the desk. */
  learn(aheadOfDistrictMs: number): boolean;
}

/** What is kept over a restart. All ms. */
interface Kept {
  /** Which start of the PC it was, and how long it had been up. */
  readonly boot: string;
  readonly upMs: number;
  readonly at: number;
  readonly wall: number;
  /** How far the desk's time was ahead of the district's at their last contact; `null`: never. */
  readonly ahead: number | null;
  readonly trouble: ClockTrouble | null;
}

/** A trim of the PC's clock is followed this slowly: 43 s a day, and a limit of five minutes is moved by 0.15 s. */
const slewPerMs = 0.0005;
/** Kept so often while nothing happens: all that a power cut can cost. */
const keepEveryMs = 60_000;
/** [D] A PC that was off for longer is not believed without a word of the district or of a person. */
const farthestOffMs = dayMs;

type Ports = Pick<CorePorts, "now" | "monotonic" | "boot" | "randomBytes">;

/**
 * Opens the clock of a desk. Within one start of the PC its uptime counts, over restarts of the desk too: whatever is done to
 * the clock, time goes on as it did. Over a restart of the PC the time that it was off is what its clock went on by, within
 * a day; else the desk goes on from the last known instant and says so (CL-9).
 */
export function openSteadyClock(db: Db, ports: Ports): SteadyClock {
  const boot = ports.boot?.id ?? Buffer.from(ports.randomBytes(8)).toString("hex");
  const up = ports.boot?.upMs ?? ports.monotonic;
  const begun = begin(readKept(db), boot, up(), ports.now());
  /** Desk's time less uptime: the one number that the clock is. */
  let base = begun.at - up();
  let { ahead, trouble } = begun;
  let lookedUp = up();
  let keptUp = Number.NEGATIVE_INFINITY;

  const now = () => Math.round(base + up());
  const aheadOfUs = () => ports.now() - now();
  function keep(): void {
    keptUp = up();
    const kept: Kept = { boot, upMs: keptUp, at: now(), wall: ports.now(), ahead, trouble };
    keepingHouse(db, () => writeMeta(db, "steadyClock", JSON.stringify(kept)));
  }
  keep();

  return {
    now,
    wall: ports.now,
    trouble: () => trouble && { ...trouble, aheadMs: aheadOfUs() },
    look() {
      const passed = Math.max(0, up() - lookedUp);
      lookedUp = up();
      const apart = aheadOfUs();
      if (Math.abs(apart) > clockJumpMs) {
        const jumped = !trouble || Math.abs(apart - trouble.aheadMs) > clockJumpMs;
        if (jumped) trouble = { aheadMs: apart, noticedAt: now(), why: "set" };
        if (jumped || up() - keptUp >= keepEveryMs) keep();
        return jumped;
      }
      const was = trouble !== null;
      trouble = null;
      base += Math.sign(apart) * Math.min(Math.abs(apart), passed * slewPerMs);
      if (was || up() - keptUp >= keepEveryMs) keep();
      return was;
    },
    adopt() {
      base = ports.now() - up();
      trouble = null;
      ahead = null;
      keep();
    },
    learn(aheadOfDistrictMs) {
      const open = trouble?.why === "restart";
      if (open) base -= aheadOfDistrictMs - (ahead ?? 0);
      else if (ahead !== null && Math.abs(ahead - aheadOfDistrictMs) < 1_000) return false;
      else ahead = aheadOfDistrictMs;
      if (open)
        trouble = Math.abs(aheadOfUs()) > clockJumpMs ? { aheadMs: aheadOfUs(), noticedAt: now(), why: "set" } : null;
      keep();
      return open;
    },
  };
}

/** How far the PC's clock stands before the district's: the desk's time is measured, the PC's stands apart from it by as much as it was moved. */
export const pcAhead = (deskAheadMs: number | null, clock: SteadyClock): number | null =>
  deskAheadMs === null ? null : deskAheadMs + clock.wall() - clock.now();

/** CL-9: the instant at which the desk goes on. */
function begin(kept: Kept | null, boot: string, upMs: number, wall: number): Pick<Kept, "at" | "ahead" | "trouble"> {
  if (!kept) return { at: wall, ahead: null, trouble: null };
  const { ahead } = kept;
  if (kept.boot === boot && upMs >= kept.upMs)
    return { at: kept.at + (upMs - kept.upMs), ahead, trouble: kept.trouble };
  const offMs = wall - kept.wall;
  if (offMs >= 0 && offMs <= farthestOffMs) return { at: kept.at + offMs, ahead, trouble: kept.trouble };
  // A clock that was only trimmed back did not stand still for as long.
  if (offMs < 0 && offMs >= -clockJumpMs) return { at: kept.at, ahead, trouble: kept.trouble };
  const at = kept.at + Math.min(upMs, farthestOffMs);
  return { at, ahead, trouble: { aheadMs: wall - at, noticedAt: at, why: "restart" } };
}

function readKept(db: Db): Kept | null {
  const text = readMeta(db, "steadyClock");
  return text === null ? null : (JSON.parse(text) as Kept);
}
