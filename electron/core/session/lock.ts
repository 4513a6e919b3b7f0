import type { CallName } from "#shared/contract.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import type { Desk } from "../desk.ts";

/** Who is at the desk. One PC, one officer at a time. */
export interface Session {
  officer: Officer | null;
  /** PS-5: since when the screen is locked; the officer stays signed in. */
  lockedAt: number | null;
  /** CF-2: confidential events that this officer has opened since signing in. */
  readonly opened: Set<string>;
  /** The last sign of life of the officer, by both clocks. */
  active: { at: number; mono: number };
}

/** PS-5: what a locked desk still does for its officer: keep what was typed. */
export const worksWhileLocked: ReadonlySet<CallName> = new Set<CallName>(["draft.save"]);

export function lockDesk(desk: Desk): void {
  if (!desk.session.officer || desk.session.lockedAt !== null) return;
  desk.session.lockedAt = desk.ports.now();
  desk.notify("session", "presence");
}

export function touch(desk: Desk): void {
  desk.session.active = { at: desk.ports.now(), mono: desk.ports.monotonic() };
}

/** Somebody has given a PIN: the desk is theirs. */
export function openFor(desk: Desk, officer: Officer): void {
  if (desk.session.officer?.id !== officer.id) desk.session.opened.clear();
  desk.session.officer = officer;
  desk.session.lockedAt = null;
  touch(desk);
}
