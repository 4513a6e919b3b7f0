import { create } from "zustand";
import { loadSetting, saveSetting } from "#renderer/bridge/settings.ts";
import type { Language } from "#shared/lib/text.ts";

export const placeKeys = ["desk", "queue", "map", "roster", "log", "handover", "link", "tables"] as const;
export type PlaceKey = (typeof placeKeys)[number];
export type ThemeChoice = "day" | "night" | "auto";

export interface Point {
  readonly lng: number;
  readonly lat: number;
}

/** Words and place known before the form opens: from the map, from a call record. */
export interface IntakePrefill {
  readonly text?: string;
  readonly title?: string;
  readonly source?: string;
  readonly point?: Point;
  readonly placeText?: string;
  readonly callerName?: string;
  readonly callerPhone?: string;
}

/** Hints to the place that is opened, such as the view of the queue. */
export type PlaceArgs = Readonly<Record<string, string>>;

/** The state of the page itself: where we are and what is chosen. Features speak to each other only through it. */
export interface PageState {
  readonly place: PlaceKey;
  readonly args: PlaceArgs;
  readonly selectedEventId: string | null;
  readonly intakeOpen: boolean;
  readonly intakePrefill: IntakePrefill;
  readonly findOpen: boolean;
  readonly helpOpen: boolean;
  /** Coming and going of the shift. */
  readonly arriveOpen: boolean;
  readonly pinOpen: "change" | "reset" | null;
  /** Where the map shall look; taken by the map. */
  readonly focusPoint: Point | null;
  /** Who has said that they go; whoever is asked for again without was broken off, by a core that ended. */
  readonly left: string | null;
  readonly theme: ThemeChoice;
  readonly language: Language;
  goTo(place: PlaceKey, args?: PlaceArgs): void;
  selectEvent(id: string | null): void;
  openIntake(prefill?: IntakePrefill): void;
  closeIntake(): void;
  openFind(open: boolean): void;
  openHelp(open: boolean): void;
  openArrive(open: boolean): void;
  openPin(mode: "change" | "reset" | null): void;
  focusOn(point: Point | null): void;
  leave(officerId: string | null): void;
  setTheme(theme: ThemeChoice): void;
  setLanguage(language: Language): void;
  /** After sign-out: nothing of the officer before stays on the page. */
  forget(): void;
}

const atStart = {
  place: "desk",
  args: {},
  selectedEventId: null,
  intakeOpen: false,
  intakePrefill: {},
  findOpen: false,
  helpOpen: false,
  arriveOpen: false,
  pinOpen: null,
  focusPoint: null,
} as const;

const themes = ["day", "night", "auto"] as const satisfies readonly ThemeChoice[];
const kept = () => ({
  theme: loadSetting("theme", themes, "auto"),
  language: loadSetting("language", ["zh", "en"], "zh"),
});

export const usePage = create<PageState>()((set) => ({
  ...atStart,
  ...kept(),
  goTo: (place, args = {}) => set({ place, args }),
  selectEvent: (selectedEventId) => set({ selectedEventId }),
  openIntake: (intakePrefill = {}) => set({ intakeOpen: true, intakePrefill }),
  closeIntake: () => set({ intakeOpen: false, intakePrefill: {} }),
  openFind: (findOpen) => set({ findOpen }),
  openHelp: (helpOpen) => set({ helpOpen }),
  openArrive: (arriveOpen) => set({ arriveOpen }),
  openPin: (pinOpen) => set({ pinOpen }),
  focusOn: (focusPoint) => set({ focusPoint }),
  left: null,
  leave: (left) => set({ left }),
  setTheme: (theme) => {
    saveSetting("theme", theme);
    set({ theme });
  },
  setLanguage: (language) => {
    saveSetting("language", language);
    set({ language });
  },
  forget: () => set(atStart),
}));

/** The wall looks as the desk does: what another window of this PC chooses counts here at once. Returns what ends it. */
export function followLook(): () => void {
  const follow = () => usePage.setState(kept());
  window.addEventListener("storage", follow);
  return () => window.removeEventListener("storage", follow);
}
