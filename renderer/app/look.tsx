import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from "react";
import { LookContext } from "#renderer/parts/look-context.ts";
import { setLanguage } from "#renderer/text/text.ts";
import { usePage } from "./store.ts";

const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : undefined;

function useSystemDark(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      dark?.addEventListener("change", watcher);
      return () => dark?.removeEventListener("change", watcher);
    },
    () => dark?.matches ?? false,
  );
}

/** The theme on screen: what was chosen, or what the system says. */
export function useShownTheme(): "day" | "night" {
  const choice = usePage((page) => page.theme);
  const system = useSystemDark();
  return choice === "auto" ? (system ? "night" : "day") : choice;
}

/** Theme and language of everything below. */
export function Look({ children }: { children: ReactNode }) {
  const shown = useShownTheme();
  const language = usePage((page) => page.language);

  useEffect(() => {
    document.documentElement.dataset.theme = shown;
  }, [shown]);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    void setLanguage(language);
  }, [language]);

  return <LookContext value={useMemo(() => ({ shown, language }), [shown, language])}>{children}</LookContext>;
}
