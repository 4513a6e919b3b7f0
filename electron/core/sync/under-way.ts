import type { Way } from "./pace.ts";
import type { Patience } from "./patience.ts";

/** A request on its way, beside the others. */
export interface Carried {
  /** Its connection is there: it stands in the queue of the way from now on. */
  wentOut(at: number): void;
  /** Something of its answer came: what went out after it need not have come yet. */
  moved(): void;
  /** All of it is at the other end, which may keep it waiting. */
  arrived(): void;
  /** It was answered, whole: what went out before it on the same way should have been. */
  answered(): void;
  /** It is on its way no more. */
  end(): void;
}

/** The requests that are on their way at once: what comes through of one tells something of the others. */
export interface UnderWay {
  /** Bytes of a way that are still to be carried. */
  queued(way: Way): number;
  /** `rests`: the other end may let it wait for news, so its silence tells nothing. */
  add(request: { way: Way; bytes: number; rests: boolean; patience: Patience }): Carried;
}

/** `overtakenMs`: how long a request may still be silent when one that went out after it got through. */
export function openUnderWay(overtakenMs: () => number): UnderWay {
  interface Entry {
    readonly way: Way;
    readonly bytes: number;
    sentAt: number | null;
    touch(): void;
    overtake(): void;
  }
  const entries = new Set<Entry>();

  return {
    queued: (way) => [...entries].reduce((sum, entry) => sum + (entry.way === way ? entry.bytes : 0), 0),
    add({ way, bytes, rests, patience }) {
      let isThere = false;
      let isLate = false;
      const own: Entry = {
        way,
        bytes,
        sentAt: null,
        touch: () => (rests || isLate ? undefined : patience.touch()),
        overtake() {
          if (rests || isThere || isLate) return;
          isLate = true;
          patience.renew(overtakenMs());
        },
      };
      entries.add(own);
      function overtakeEarlier(): void {
        const { sentAt } = own;
        if (rests || sentAt === null) return;
        for (const other of entries)
          if (other.way === way && other.sentAt !== null && other.sentAt < sentAt) other.overtake();
      }
      return {
        wentOut(at) {
          own.sentAt = at;
        },
        moved() {
          let later = false;
          for (const other of entries) {
            if (later) other.touch();
            if (other === own) later = true;
          }
        },
        arrived() {
          isThere = true;
          overtakeEarlier();
        },
        answered() {
          this.moved();
          overtakeEarlier();
        },
        end: () => void entries.delete(own),
      };
    },
  };
}
