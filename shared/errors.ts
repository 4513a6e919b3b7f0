/**
 * The one shape of an error that crosses a boundary. `kind` answers what to do:
 * `retry` it by itself later, `ask` the person, or `stop` because going on would do harm.
 * `id` is a message id of `renderer/text` (cause and next step, Chinese and English); `params` fill its gaps.
 */
export interface DeskError {
  readonly kind: "retry" | "ask" | "stop";
  readonly id: ErrorId;
  readonly params?: Readonly<Record<string, string | number>>;
  /** The input field the error speaks of, as a dotted path. */
  readonly field?: string;
}

/** Every error id with its kind: one list, so that the catalogue test can find a missing sentence. */
export const errorKinds = {
  "input.invalid": "ask",
  "contract.unknown": "stop",
  "contract.too_often": "retry",
  "door.token": "ask",
  "door.origin": "stop",
  "session.required": "ask",
  "session.locked": "ask",
  "session.wrong_pin": "ask",
  "session.wait": "ask",
  "session.unknown_officer": "ask",
  "session.not_allowed": "ask",
  "setup.done": "stop",
  "setup.needed": "ask",
  "setup.unknown_street": "ask",
  "profile.broken": "stop",
  "profile.newer": "stop",
  "profile.in_use": "stop",
  "profile.disk_full": "ask",
  "profile.not_writable": "stop",
  "event.unknown": "ask",
  "event.exists": "stop",
  "event.not_from_here": "ask",
  "event.role": "ask",
  "event.missing": "ask",
  "event.lead_required": "ask",
  "event.stale": "ask",
  "roster.unknown_officer": "ask",
  "roster.unknown_slot": "ask",
  "roster.changed": "ask",
  "roster.twice": "ask",
  "roster.past": "ask",
  "roster.decided": "ask",
  "roster.not_yours": "ask",
  "roster.not_agreed": "ask",
  "roster.wrong_grade": "ask",
  "roster.leader_approves": "ask",
  "roster.unknown_layer": "ask",
  "roster.not_holder": "ask",
  "roster.busy_then": "ask",
  "roster.gaps_open": "ask",
  "roster.pattern_fault": "ask",
  "roster.no_notice": "ask",
  "sheet.broken": "ask",
  "sheet.protected": "ask",
  "sheet.old_format": "ask",
  "sheet.too_large": "ask",
  "sheet.too_many_rows": "ask",
  "sheet.no_roster": "ask",
  "sheet.no_staff": "ask",
  "sheet.questions_open": "ask",
  "handover.nobody": "ask",
  "handover.not_outgoing": "ask",
  "handover.not_incoming": "ask",
  "handover.same_person": "ask",
  "handover.order": "ask",
  "handover.sealed": "ask",
  "handover.broken_signature": "stop",
  "presence.not_yours": "ask",
  "presence.leave_reason": "ask",
  "presence.not_here": "ask",
  "presence.too_early": "ask",
  "presence.unknown_check": "ask",
  "presence.answered": "ask",
  "presence.nothing_open": "ask",
  "log.unknown": "ask",
  "asset.unknown": "ask",
  "asset.changed": "ask",
  "asset.field": "ask",
  "fault.unknown": "ask",
  "hazard.unknown": "ask",
  "hazard.due": "ask",
  "step.not_from_here": "ask",
  "step.missing": "ask",
  "step.too_many": "ask",
  "link.not_enrolled": "ask",
  "link.enrolled": "ask",
  "link.unreachable": "retry",
  "link.foreign": "stop",
  "link.code_form": "ask",
  "link.code_wrong": "ask",
  "link.code_used": "ask",
  "link.refused_device": "stop",
  "link.clock": "ask",
  "link.busy": "retry",
  "link.unknown_op": "ask",
  "op.unknown_kind": "stop",
  "op.newer": "retry",
  "op.other_street": "stop",
  "op.author": "stop",
  "op.fork": "stop",
  "core.lost": "retry",
  bug: "stop",
} as const satisfies Record<string, DeskError["kind"]>;

export type ErrorId = keyof typeof errorKinds;

/** Makes an error of a known id; its kind comes from the list. */
export function deskError(id: ErrorId, params?: DeskError["params"], field?: string): DeskError {
  return { kind: errorKinds[id], id, ...(params ? { params } : {}), ...(field ? { field } : {}) };
}
