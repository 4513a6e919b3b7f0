import type { KeyObject } from "node:crypto";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { CorePorts } from "../ports.ts";
import type { Db } from "../store/database.ts";
import { countWrong, openSecret, readSecret } from "./secret.ts";

/** Wrong PINs that cost nothing; after them the wait doubles from 1 s to 300 s. */
const freeTries = 3;
const longestWaitS = 300;

const waitMsAfter = (wrong: number): number =>
  wrong < freeTries ? 0 : Math.min(longestWaitS, 2 ** (wrong - freeTries)) * 1000;

/** Checks PINs with a growing wait that neither a restart nor a changed clock shortens. */
export interface PinDoor {
  /** Errors: `session.unknown_officer`, `session.wait` (params: seconds), `session.wrong_pin` (params: wait). */
  open(officerId: string, pin: string): Promise<Result<KeyObject, DeskError>>;
  /** The PIN is a new one: wrong tries of the old one count no more. */
  forgive(officerId: string): void;
}

export function createPinDoor(db: Db, ports: Pick<CorePorts, "monotonic">): PinDoor {
  const bornMs = ports.monotonic();
  const blockedUntil = new Map<string, number>();
  return {
    async open(officerId, pin) {
      const secret = readSecret(db, officerId);
      if (!secret) return fail(deskError("session.unknown_officer"));
      const until = blockedUntil.get(officerId) ?? bornMs + waitMsAfter(secret.wrong);
      const waitMs = until - ports.monotonic();
      if (waitMs > 0) return fail(deskError("session.wait", { seconds: Math.ceil(waitMs / 1000) }));
      // Counted before the slow check: many guesses at once do not share one wait.
      const wrong = secret.wrong + 1;
      countWrong(db, officerId, wrong);
      blockedUntil.set(officerId, ports.monotonic() + waitMsAfter(wrong));
      const key = await openSecret(secret, pin);
      if (!key) return fail(deskError("session.wrong_pin", { seconds: waitMsAfter(wrong) / 1000 }, "pin"));
      countWrong(db, officerId, 0);
      blockedUntil.delete(officerId);
      return ok(key);
    },
    forgive: (officerId) => void blockedUntil.delete(officerId),
  };
}
