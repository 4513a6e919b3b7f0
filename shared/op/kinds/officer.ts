import { gradeNames, type Officer, officerSchema } from "#shared/domain/officer/officer.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { row } from "./row.ts";

/** OF-1: people are entered by an administrator, or while the desk is being set up; an officer may set their own key. */
export const officerPut = row<Officer, Officer>({
  v: 1,
  body: officerSchema,
  entity: "officer",
  state: officerSchema,
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
