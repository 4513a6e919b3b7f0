import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { readEntity } from "../store/entities.ts";

export function saveOverlay(desk: Desk, input: ParsedOf<"overlay.save">): Answer<"overlay.save"> {
  const { id = newId(desk.ports), version, ...drawn } = input;
  const author = desk.session.officer?.name ?? "";
  const done = act(desk, "overlay.save", { ...drawn, id, version: version + 1, author, removed: false });
  return done.ok ? ok({ overlay: done.value.state }) : done;
}

export function removeOverlay(desk: Desk, { id }: { id: string }): Answer<"overlay.remove"> {
  const present = readEntity(desk.db, "overlay", id);
  if (!present || present.removed) return fail(deskError("overlay.unknown"));
  const { savedAt: _savedAt, ...body } = present;
  const author = desk.session.officer?.name ?? "";
  const done = act(desk, "overlay.save", { ...body, author, version: present.version + 1, removed: true });
  return done.ok ? ok({}) : done;
}
