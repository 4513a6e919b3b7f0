import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { codeLength, sampleCode } from "#shared/protocol/code.ts";
import type { EnrolAnswer, EnrolRequest } from "#shared/protocol/messages.ts";
import { findCode, spendCode } from "../auth/codes.ts";
import { addDevice, type Device, deviceOf, deviceOfKey } from "../auth/devices.ts";
import { isKey } from "../auth/signature.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";
import type { Db } from "../store/open.ts";

/** PR-12: gives a desk its name for a one-time code, or to a sample desk of this very machine. */
export async function enrol(
  context: Context,
  request: EnrolRequest,
  source: string,
): Promise<Result<EnrolAnswer, DeskError>> {
  const waitMs = context.tries.waitMs(source);
  if (waitMs > 0) return fail(deskError("link.busy", { waitMs }));
  if (!isKey(request.publicKey)) return fail(deskError("input.invalid", undefined, "publicKey"));
  const done = await (request.code === sampleCode
    ? enrolSample(context, request, source)
    : enrolByCode(context, request));
  if (!done.ok) {
    if (done.error.id === "link.code_wrong") context.tries.wrong(source);
    await context.audit("enrol_refused", null, done.error.id);
    return done;
  }
  const device = done.value;
  return ok({
    deviceId: device.id,
    deskLetter: device.letter,
    street: device.street,
    streetName: (await streetOf(context.store.db, device.street))?.name ?? "",
    districtName: context.identity.name,
  });
}

async function enrolByCode(context: Context, request: EnrolRequest): Promise<Result<Device, DeskError>> {
  const { store } = context;
  const at = context.now();
  if (request.code.length !== codeLength) return fail(deskError("link.code_wrong"));
  return store.write(async (db): Promise<Result<Device, DeskError>> => {
    const meant = await findCode(db, request.code, at);
    if (!meant.ok) return meant;
    await store.holdStreet(db, meant.value.street);
    // Again, now that nobody else can spend it.
    const found = await findCode(db, request.code, at);
    if (!found.ok) return found;
    // A code of another street says no more than that it is wrong.
    if (request.street !== null && request.street !== found.value.street) return fail(deskError("link.code_wrong"));
    if (found.value.device !== null) {
      const used = await deviceOf(db, found.value.device);
      return used?.publicKey === request.publicKey ? ok(used) : fail(deskError("link.code_used"));
    }
    const made = await makeDevice(context, db, request, found.value.street, false);
    if (made.ok) await spendCode(db, request.code, at, made.value.id);
    return made;
  });
}

async function enrolSample(
  context: Context,
  request: EnrolRequest,
  source: string,
): Promise<Result<Device, DeskError>> {
  const { store } = context;
  if (!context.allowSample || !isLoopback(source)) return fail(deskError("link.code_wrong"));
  const { street } = request;
  if (street === null || !(await streetOf(store.db, street))) return fail(deskError("setup.unknown_street"));
  return store.write(async (db): Promise<Result<Device, DeskError>> => {
    await store.holdStreet(db, street);
    const known = await deviceOfKey(db, request.publicKey);
    return known?.sample && known.street === street ? ok(known) : makeDevice(context, db, request, street, true);
  });
}

async function makeDevice(
  context: Context,
  db: Db,
  request: EnrolRequest,
  street: string,
  sample: boolean,
): Promise<Result<Device, DeskError>> {
  if (await deviceOfKey(db, request.publicKey)) return fail(deskError("link.enrolled"));
  const id = context.randomId();
  const { deskName: name, publicKey } = request;
  const device = await addDevice(db, { id, street, name, publicKey, sample }, context.now());
  await context.audit("enrolled", id, `${street} ${device.letter}${sample ? " sample" : ""}`, db);
  return ok(device);
}

export const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
