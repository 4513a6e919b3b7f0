import { z } from "zod";
import { gradeNames, type Officer, officerSchema } from "#shared/domain/officer/officer.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { id, row } from "./row.ts";

/** OF-1: people are entered by an administrator, or while the desk is being set up; an officer may set their own key. */
export const officerPut = row<Officer, Officer>({
  v: 1,
  body: () => officerSchema,
  entity: "officer",
  state: () => officerSchema,
  entityId: (body) => body.id,
  apply: (present, body, act) => {
    const isAdmin = act.grade === "admin";
    if (isAdmin) return ok(body);
    const ownKey = act.by === body.id && present !== undefined;
    if (!ownKey) return fail(deskError("session.not_allowed"));
    const same = (Object.keys(officerSchema.shape) as (keyof Officer)[]).every(
      (field) => field === "publicKey" || present[field] === body[field],
    );
    return same ? ok(body) : fail(deskError("session.not_allowed"));
  },
  log: (body, _after, before) => ({
    kind: "officer",
    text: {
      zh: `${before ? "更新" : "登记"}人员：${body.name}（${gradeNames[body.grade].zh}）`,
      en: `${before ? "Updated" : "Added"} ${body.name} (${gradeNames[body.grade].en})`,
    },
    eventId: null,
    action: "put",
  }),
});

const keyBody = z.strictObject({
  officerId: id,
  name: z.string().max(40),
  publicKey: officerSchema.shape.publicKey,
  how: z.enum(["changed", "reset"]),
});

/** OF-2, OF-3: a changed PIN keeps the key; a reset one, by an administrator, brings a new key. */
export const officerKey = row<z.infer<typeof keyBody>, Officer>({
  v: 1,
  body: () => keyBody,
  entity: "officer",
  state: () => officerSchema,
  entityId: (body) => body.officerId,
  apply: (present, { officerId, publicKey, how }, act) => {
    if (!present) return fail(deskError("session.unknown_officer"));
    const may = how === "reset" ? act.grade === "admin" : act.by === officerId && publicKey === present.publicKey;
    return may ? ok({ ...present, publicKey }) : fail(deskError("session.not_allowed"));
  },
  log: ({ name, how }) => ({
    kind: "officer",
    text:
      how === "reset"
        ? { zh: `重置 ${name} 的 PIN，换发签名钥匙`, en: `Reset the PIN of ${name}; a new signing key` }
        : { zh: `${name} 更改了 PIN`, en: `${name} changed the PIN` },
    eventId: null,
    action: how,
  }),
});
