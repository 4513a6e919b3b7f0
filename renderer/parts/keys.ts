/**
 * Every key of every screen, in one place. What is bound with `useHotkey` or stands on a `Button` comes from here, or from
 * the tables of actions and steps (`transitions.ts`, `task-steps.ts`) for the event under the hand. Two keys that can work
 * at the same moment are never the same (`test/unit/renderer/parts/keys.test.ts` walks them all). Only `confirmKey` and
 * `backKey` stand in many places: the innermost has them.
 */
export const confirmKey = "Ctrl+Enter";
export const backKey = "Esc";

/** Digits from 1 on, with what is held for them. */
const digits = (count: number, held = "") => Array.from({ length: count }, (_, index) => `${held}${index + 1}`);

export const hotkeys = {
  /** Also while a dialog is open: what must not wait. */
  always: { alarm: "F12", lock: "Alt+l" },
  everywhere: {
    desk: "F1",
    newEvent: "F2",
    call: "F3",
    find: "F4",
    map: "F5",
    queue: "F6",
    roster: "F7",
    log: "F8",
    handover: "F9",
    link: "F10",
    tables: "F11",
    sheet: "?",
    wall: "Alt+w",
    /** Entries of the log by their kinds. */
    write: digits(7, "Alt+"),
  },

  queue: { find: "/", tabs: ";", viewBefore: "[", viewAfter: "]" },
  events: { filters: ".", columns: ",", export: "Ctrl+e", turn: "\\" },
  /** The hand is not in an event: views by their places. */
  list: { views: digits(9), print: "Ctrl+p" },
  /** Events are marked: with the steps that may be taken together. */
  marked: {},
  detail: { attach: "Alt+i" },
  /** The event under the hand: with the actions of its table, each also with Alt where it may take words. */
  event: { more: "=", request: "-", paper: "9", parties: "i", sop: "1", unseal: "Enter" },
  /** The line of a party: with the steps of its table. */
  party: { give: "g", choose: digits(9) },
  paper: { print: "Ctrl+p", keep: "Ctrl+s" },
  export: { formats: digits(2) },
  intake: {
    onMap: "Alt+m",
    open: "Alt+o",
    join: "Alt+j",
    relapse: "Alt+r",
    category: "Alt+c",
    source: "Alt+s",
    secret: "Alt+b",
    attach: "Alt+i",
    level: { critical: "F6", urgent: "F7", normal: "F8" },
    levels: digits(3, "Alt+"),
  },
  saved: { again: "F2" },
  /** Whoever is called while they search takes the call. */
  find: { newEvent: "F2", call: "F3" },
  attachment: { save: "s", before: "ArrowLeft", after: "ArrowRight" },

  log: { find: "/", correct: "c", toEvent: "Alt+e", check: "Alt+v" },

  map: {
    tools: { layers: "l", near: "a", work: "t", upkeep: "h", draw: "g" },
    basemap: "b",
    import: "Ctrl+i",
    export: "Ctrl+e",
    measure: "m",
    full: "w",
  },
  chosen: { newHere: "n", openEvent: "o", pick: "s", edit: "e", fault: "x" },
  work: { box: "r", lasso: "q", open: "o" },
  upkeep: { hazard: "y" },
  draw: { draw: "d", plan: "z", point: "p", line: "i", area: "r", picture: "c" },
  sketch: { add: " ", undo: "Backspace", undoToo: "Ctrl+z", finish: "f" },

  month: {
    before: "PageUp",
    after: "PageDown",
    today: "t",
    import: "Ctrl+i",
    print: "Ctrl+p",
    history: "Alt+h",
    undo: "Ctrl+z",
    layers: "Alt+s",
    plan: "Ctrl+g",
    more: "Alt+m",
  },
  planning: { keep: "Alt+k", other: "Alt+r" },
  layers: { agree: "a", refuse: "r", withdraw: "w", end: "e" },
  gaps: { save: "Ctrl+s" },
  staff: { add: "Alt+n", import: "Ctrl+i" },
  sheet: { takeAll: "Alt+a" },

  handover: { review: "1", checks: "2", carry: "3", sign: "s", print: "Ctrl+p" },
  review: { seen: " ", note: "n", carry: "y" },
  checks: { rest: "g" },
  carry: { add: "a" },

  link: { now: "s" },
  conflict: { again: "a", drop: "k", edit: "e" },

  rules: {
    find: "/",
    add: "Alt+n",
    import: "Ctrl+i",
    editions: "Alt+h",
    orphans: "Alt+k",
    lay: "Alt+j",
    next: "Alt+ArrowDown",
    before: "Alt+ArrowUp",
  },
  setup: { own: "1", demo: "2" },
} as const satisfies Record<string, Keys>;

export type Keys = { readonly [name: string]: string | readonly string[] | Keys };
export type Scope = keyof typeof hotkeys;

/**
 * Where a scope's keys work. `under`: only where those of another work, too. `turn`: of the scopes with this turn under the
 * same one, one at a time. `dialog`: while it is open only its own work, and `always`.
 */
export interface Standing {
  readonly under?: Scope;
  readonly turn?: string;
  readonly dialog?: true;
}

const place: Standing = { under: "everywhere", turn: "place" };
const hand: Standing = { under: "queue", turn: "hand" };
const part: Standing = { under: "detail", turn: "part" };
const tool: Standing = { under: "map", turn: "tool" };
const dialog: Standing = { dialog: true };

export const scopes: Readonly<Record<Scope, Standing>> = {
  always: {},
  everywhere: { turn: "door" },
  queue: place,
  events: { under: "queue" },
  list: hand,
  marked: { under: "list" },
  detail: hand,
  event: part,
  party: part,
  paper: part,
  export: dialog,
  intake: dialog,
  saved: dialog,
  find: dialog,
  attachment: dialog,
  log: place,
  map: place,
  chosen: tool,
  work: tool,
  upkeep: tool,
  draw: tool,
  sketch: { under: "map" },
  month: place,
  planning: place,
  layers: place,
  gaps: place,
  staff: place,
  sheet: place,
  handover: place,
  review: { under: "handover", turn: "part" },
  checks: { under: "handover", turn: "part" },
  carry: { under: "handover", turn: "part" },
  link: place,
  conflict: { under: "link" },
  rules: place,
  setup: { turn: "door" },
};

/** All keys of a scope, in the order in which they stand in the table. */
export const keysOf = (some: Keys): string[] =>
  Object.values(some).flatMap((one) =>
    typeof one === "string" ? [one] : Array.isArray(one) ? [...one] : keysOf(one as Keys),
  );
