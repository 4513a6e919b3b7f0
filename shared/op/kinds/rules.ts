import { type PresenceRules, presenceRulesSchema } from "#shared/domain/presence/rules.ts";
import { ok } from "#shared/lib/result.ts";
import { row } from "./row.ts";

/** PS-12: the district sets how presence is kept in a street; the newest counts. */
export const rulesPresence = row<PresenceRules, PresenceRules>({
  v: 1,
  body: () => presenceRulesSchema,
  entity: "rules",
  state: () => presenceRulesSchema,
  entityId: () => "presence",
  hand: "district",
  apply: (_present, body) => ok(body),
  log: (body) => ({
    kind: "presence",
    text: { zh: `区中心下发在岗规定（${body.label}）`, en: `The district set the rules of presence (${body.label})` },
    eventId: null,
    action: "rules",
  }),
});
