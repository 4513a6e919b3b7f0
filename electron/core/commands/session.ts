import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { shiftsAround, viewOf } from "../queries/people.ts";
import { createSecret, writeSecret } from "../session/secret.ts";
import { readAll, readEntity } from "../store/entities.ts";

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
  desk.session.officer = officer;
  desk.notify("session");
  return ok({ officer: viewOf(officer) });
}

export function signOut(desk: Desk): Answer<"session.signOut"> {
  desk.session.officer = null;
  desk.notify("session");
  return ok({});
}

export const listOfficers = (desk: Desk): Answer<"officer.list"> =>
  ok({ officers: readAll(desk.db, "officer").map(viewOf) });

export async function addOfficer(
  desk: Desk,
  { pin, ...person }: ParsedOf<"officer.add">,
): Promise<Answer<"officer.add">> {
  if (desk.session.officer?.grade !== "admin") return fail(deskError("session.not_allowed"));
  const { secret, publicKey } = await createSecret(pin, desk.ports.randomBytes);
  const officer = { ...person, id: newId(desk.ports), active: true, publicKey };
  const done = act(desk, "officer.put", () => {
    writeSecret(desk.db, officer.id, secret);
    return officer;
  });
  return done.ok ? ok({ officer: viewOf(done.value.state) }) : done;
}
