import { createContext } from "react";
import type { Language } from "#shared/lib/text.ts";

/** Theme and language as they are shown now; the app sets them. */
export const LookContext = createContext<{ readonly shown: "day" | "night"; readonly language: Language }>({
  shown: "day",
  language: "zh",
});
