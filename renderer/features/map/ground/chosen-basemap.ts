import { create } from "zustand";
import { loadText, saveSetting } from "#renderer/bridge/settings.ts";

/** Which basemap each officer of this PC sees; empty: the outline that is built in. */
interface Chosen {
  readonly officer: string;
  readonly id: string;
  enter(officer: string): void;
  choose(id: string): void;
}

const key = (officer: string): string => `basemap.${officer}`;

export const useChosenBasemap = create<Chosen>()((set, get) => ({
  officer: "",
  id: "",
  enter: (officer) => set({ officer, id: loadText(key(officer), "") }),
  choose: (id) => {
    saveSetting(key(get().officer), id);
    set({ id });
  },
}));
