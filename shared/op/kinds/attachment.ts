import { z } from "zod";
import {
  judgeAttach,
  judgeWithdraw,
  type NamedAttachment,
  namedAttachmentSchema,
} from "#shared/domain/attachment/attachment.ts";
import { mediaTypes } from "#shared/domain/attachment/media.ts";
import { type DutyEvent, dutyEventSchema } from "#shared/domain/duty-event/event.ts";
import { id, row } from "./row.ts";

/** Names a file inside its event's order; the content travels by itself, after it. */
export const attachmentAdd = row<{ eventId: string; attachment: NamedAttachment }, DutyEvent>({
  v: 1,
  body: () => z.strictObject({ eventId: id, attachment: namedAttachmentSchema }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeAttach(present, body.attachment, act),
  log: ({ eventId, attachment: { media, name } }, after) => {
    const kind = mediaTypes[media].name;
    const hidden = after.confidential;
    return {
      kind: "event",
      text: {
        zh: `附上${kind.zh}${hidden ? "" : `：${name}`}`,
        en: `${kind.en} attached${hidden ? "" : `: ${name}`}`,
      },
      eventId,
      action: "",
    };
  },
});

export const attachmentWithdraw = row<{ eventId: string; attachmentId: string; reason: string }, DutyEvent>({
  v: 1,
  body: () => z.strictObject({ eventId: id, attachmentId: id, reason: z.string().trim().min(1).max(400) }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeWithdraw(present, body, act),
  log: ({ eventId, attachmentId, reason }, after) => {
    const name = after.attachments.find((one) => one.id === attachmentId)?.name ?? "";
    const hidden = after.confidential;
    return {
      kind: "event",
      text: {
        zh: `撤回附件${hidden ? "" : `：${name}`}。原因：${reason}`,
        en: `Attachment taken back${hidden ? "" : `: ${name}`}. Reason: ${reason}`,
      },
      eventId,
      action: "",
    };
  },
});
