import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { noMarks } from "#shared/domain/duty-event/marks.ts";
import type { Taken } from "./ActionBar.tsx";
import { ActionForm, type ActionFormProps } from "./ActionForm.tsx";
import type { ListedEvent } from "./use-event-blocks.ts";

const blank: DutyEvent = {
  id: "together",
  number: "",
  state: "accepted",
  level: "normal",
  category: "",
  title: "",
  text: "",
  source: "phone",
  confidential: false,
  callerName: "",
  callerPhone: "",
  place: { text: "", point: null, community: "", grid: "" },
  board: null,
  lead: null,
  coHandlers: [],
  reportedAt: 0,
  reportedBy: "",
  limitMin: null,
  dueAt: null,
  whistle: null,
  result: "",
  closedAt: null,
  updatedAt: 0,
  sample: false,
  attachments: [],
  tasks: [],
  limits: null,
  marks: noMarks,
  climbs: [],
  holds: [],
  sop: null,
  whistles: [],
  border: null,
  merged: null,
  links: [],
  urges: [],
  review: null,
  dispatch: null,
};

/** The marked events stand for one that has no words of its own: what is given counts for all. */
function standIn(rows: readonly ListedEvent[], action: Taken): DutyEvent {
  const parties = rows.flatMap(({ lead, coHandlers }) => [...(lead ? [lead] : []), ...coHandlers]);
  const names = [...new Set(rows.map(({ lead }) => lead?.name))];
  return {
    ...blank,
    ...rows[0],
    id: "together",
    // Whoever leads all of them is urged, unless somebody else of theirs is named.
    lead: action === "urge" && names.length === 1 ? (rows[0]?.lead ?? null) : null,
    coHandlers: action === "urge" ? [...new Map(parties.map((party) => [party.name, party])).values()] : [],
    board: null,
    category: "",
  };
}

/** The form of a step that all marked events take together. */
export function BulkForm({
  rows,
  ...form
}: Omit<ActionFormProps, "event"> & { readonly action: Taken; readonly rows: readonly ListedEvent[] }) {
  return <ActionForm {...form} event={standIn(rows, form.action)} />;
}
