import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { codeLength, sampleCode } from "#shared/protocol/code.ts";
import type { EnrolAnswer, EnrolRequest } from "#shared/protocol/messages.ts";
import { findCode, spendCode } from "../auth/codes.ts";
import { addDevice, type Device, deviceOf, deviceOfKey } from "../auth/devices.ts";
import { isKey } from "../auth/signature.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";

/** PR-12: gives a desk its name for a one-time code, or to a sample desk of this very machine. */
export function enrol(context: Context, request: EnrolRequest, source: string): Result<EnrolAnswer, DeskError> {
  const waitMs = context.tries.waitMs(source);
  if (waitMs > 0) return fail(deskError("link.busy", { waitMs }));
  if (!isKey(request.publicKey)) return fail(deskError("input.invalid", undefined, "publicKey"));
  const done = request.code === sampleCode ? enrolSample(context, request, source) : enrolByCode(context, request);
  if (!done.ok) {
    if (done.error.id === "link.code_wrong") context.tries.wrong(source);
    context.audit("enrol_refused", null, done.error.id);
    return done;
  }
  const device = done.value;
  return ok({
    deviceId: device.id,
    deskLetter: device.letter,
    street: device.street,
    streetName: streetOf(context.db, device.street)?.name ?? "",
    districtName: context.identity.name,
  });
}

function enrolByCode(context: Context, request: EnrolRequest): Result<Device, DeskError> {
  const { db } = context;
  const at = context.now();
  if (request.code.length !== codeLength) return fail(deskError("link.code_wrong"));
  const give = db.transaction((): Result<Device, DeskError> => {
    const found = findCode(db, request.code, at);
    if (!found.ok) return found;
    // A code of another street says no more than that it is wrong.
    if (request.street !== null && request.street !== found.value.street) return fail(deskError("link.code_wrong"));
    if (found.value.device !== null) {
      const used = deviceOf(db, found.value.device);
      return used?.publicKey === request.publicKey ? ok(used) : fail(deskError("link.code_used"));
    }
    const made = makeDevice(context, request, found.value.street, false);
    if (made.ok) spendCode(db, request.code, at, made.value.id);
    return made;
  });
  return give.immediate();
}

function enrolSample(context: Context, request: EnrolRequest, source: string): Result<Device, DeskError> {
  if (!context.allowSample || !isLoopback(source)) return fail(deskError("link.code_wrong"));
  const { street } = request;
  if (street === null || !streetOf(context.db, street)) return fail(deskError("setup.unknown_street"));
  const give = context.db.transaction((): Result<Device, DeskError> => {
    const known = deviceOfKey(context.db, request.publicKey);
    return known?.sample && known.street === street ? ok(known) : makeDevice(context, request, street, true);
  });
  return give.immediate();
}

function makeDevice(
  context: Context,
  request: EnrolRequest,
  street: string,
  sample: boolean,
): Result<Device, DeskError> {
  if (deviceOfKey(context.db, request.publicKey)) return fail(deskError("link.enrolled"));
  const id = context.randomId();
  const device = addDevice(
    context.db,
    { id, street, name: request.deskName, publicKey: request.publicKey, sample },
    context.now(),
  );
  context.audit("enrolled", id, `${street} ${device.letter}${sample ? " sample" : ""}`);
  return ok(device);
}

export const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
