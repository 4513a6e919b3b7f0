import { type ParsedOf, topics } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { shiftsAround, viewOf } from "../queries/people.ts";
import { watchIdAt } from "../queries/watch.ts";
import { lockDesk, openFor, touch } from "../session/lock.ts";
import { createSecret, rewrap, writeSecret } from "../session/secret.ts";
import { readAll, readEntity } from "../store/entities.ts";
import { comeByPin } from "./presence.ts";

export function listForSignIn(desk: Desk): Answer<"session.officers"> {
  const people = shiftsAround(desk.db, desk.tables.roster, desk.ports.now()).current?.people ?? [];
  const officers = readAll(desk.db, "officer")
    .filter(({ active }) => active)
    .map((officer) => ({
      ...viewOf(officer),
      onDuty: people.find(({ officerId }) => officerId === officer.id)?.role ?? null,
    }));
  return ok({ officers: [...officers.filter(({ onDuty }) => onDuty), ...officers.filter(({ onDuty }) => !onDuty)] });
}

export async function signIn(desk: Desk, input: ParsedOf<"session.signIn">): Promise<Answer<"session.signIn">> {
  const people = shiftsAround(desk.db, desk.tables.roster, desk.ports.now()).current?.people ?? [];
  const id = input.officerId ?? (people.find(({ role }) => role === "shift_leader") ?? people[0])?.officerId;
  const officer = id === undefined ? undefined : readEntity(desk.db, "officer", id);
  if (!officer?.active) return fail(deskError("session.unknown_officer", undefined, "officerId"));
  const opened = await desk.door.open(officer.id, input.pin);
  if (!opened.ok) return opened;
  const from = desk.session.officer;
  openFor(desk, officer);
  // PS-4
  if (from && from.id !== officer.id)
    act(desk, "watch.take_over", {
      watchId: watchIdAt(desk, desk.ports.now()),
      officerId: officer.id,
      name: officer.name,
      from: { officerId: from.id, name: from.name },
    });
  comeByPin(desk, officer);
  desk.notify("session", "presence");
  return ok({ officer: viewOf(officer) });
}

export function touchDesk(desk: Desk): Answer<"session.touch"> {
  if (desk.session.lockedAt === null) touch(desk);
  return ok({});
}

export function lock(desk: Desk): Answer<"session.lock"> {
  lockDesk(desk);
  return ok({});
}

/** PS-5 */
export async function unlock(desk: Desk, { pin }: ParsedOf<"session.unlock">): Promise<Answer<"session.unlock">> {
  const { officer } = desk.session;
  if (!officer) return fail(deskError("session.required"));
  const opened = await desk.door.open(officer.id, pin);
  if (!opened.ok) return opened;
  // Somebody else may have taken the desk over while the PIN was checked.
  if (desk.session.officer?.id !== officer.id) return fail(deskError("session.required"));
  openFor(desk, officer);
  desk.notify(...topics);
  return ok({ officer: viewOf(officer) });
}

export function signOut(desk: Desk): Answer<"session.signOut"> {
  desk.session.officer = null;
  desk.session.lockedAt = null;
  desk.notify("session");
  return ok({});
}

export const listOfficers = (desk: Desk): Answer<"officer.list"> =>
  ok({ officers: readAll(desk.db, "officer").map(viewOf) });

export async function addOfficer(
  desk: Desk,
  { pin, ...person }: ParsedOf<"officer.add">,
): Promise<Answer<"officer.add">> {
  const { secret, publicKey } = await createSecret(pin, desk.ports.randomBytes);
  const officer = { ...person, id: newId(desk.ports), active: true, publicKey };
  const done = act(desk, "officer.put", () => {
    writeSecret(desk.db, officer.id, secret);
    return officer;
  });
  return done.ok ? ok({ officer: viewOf(done.value.state) }) : done;
}

/** OF-2: the key stays, so nothing that was signed changes hands; the log says that the PIN was changed. */
export async function setPin(
  desk: Desk,
  { pin, newPin }: ParsedOf<"officer.setPin">,
): Promise<Answer<"officer.setPin">> {
  const officer = desk.session.officer && readEntity(desk.db, "officer", desk.session.officer.id);
  if (!officer) return fail(deskError("session.required"));
  const opened = await desk.door.open(officer.id, pin);
  if (!opened.ok) return opened;
  const secret = await rewrap(opened.value, newPin, desk.ports.randomBytes);
  const { id: officerId, name, publicKey } = officer;
  const done = act(
    desk,
    "officer.key",
    () => {
      writeSecret(desk.db, officerId, secret);
      return { officerId, name, publicKey, how: "changed" };
    },
    officerId,
  );
  return done.ok ? ok({}) : done;
}

/** OF-3: a new key under a new PIN; the old public key stays in the ops and in every signature that was made with it. */
export async function resetPin(
  desk: Desk,
  { officerId, newPin }: ParsedOf<"officer.resetPin">,
): Promise<Answer<"officer.resetPin">> {
  const officer = readEntity(desk.db, "officer", officerId);
  if (!officer) return fail(deskError("session.unknown_officer", undefined, "officerId"));
  const { secret, publicKey } = await createSecret(newPin, desk.ports.randomBytes);
  const done = act(desk, "officer.key", () => {
    writeSecret(desk.db, officerId, secret);
    return { officerId, name: officer.name, publicKey, how: "reset" };
  });
  if (!done.ok) return done;
  desk.door.forgive(officerId);
  return ok({});
}
