import { openWall } from "#renderer/bridge/open-wall.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { logKindNames, writtenKinds } from "#shared/domain/duty-log/duty-log.ts";
import { AlarmBar } from "./AlarmBar.tsx";
import { type ThemeChoice, usePage } from "./store.ts";

const themes: readonly ThemeChoice[] = ["day", "night", "auto"];

/** The next action is one key away: what can be done from anywhere, and what nobody has taken yet. */
export function KeyStrip() {
  const t = useText();
  const page = usePage();
  const counts = useDesk("desk.now", {}).data?.counts;
  return (
    <footer className="keys">
      <Button hotkey={hotkeys.everywhere.newEvent} keyLabel={t("keys.new_event")} onPress={() => page.openIntake()}>
        {t("keys.new_event")}
      </Button>
      <Button
        hotkey={hotkeys.everywhere.call}
        keyLabel={t("keys.call")}
        onPress={() => page.goTo("log", { write: "call" })}
      >
        {t("keys.call")}
      </Button>
      <LogKeys />
      <Button hotkey={hotkeys.everywhere.find} keyLabel={t("keys.find")} onPress={() => page.openFind(true)}>
        {t("keys.find")}
      </Button>
      <Button hotkey={hotkeys.everywhere.sheet} keyLabel={t("keys.sheet")} onPress={() => page.openHelp(true)}>
        {t("keys.sheet")}
      </Button>
      <Button hotkey={hotkeys.everywhere.wall} keyLabel={t("keys.wall.about")} onPress={openWall}>
        {t("keys.wall")}
      </Button>
      <div className="keys-news">
        <AlarmBar canAct />
        {counts && counts.late > 0 && (
          <button type="button" className="keys-count is-late" onClick={() => page.goTo("queue", { view: "late" })}>
            {t("keys.late", { count: counts.late })}
          </button>
        )}
        {counts && counts.toAcknowledge > 0 && (
          <button type="button" className="keys-count" onClick={() => page.goTo("queue", { view: "to_acknowledge" })}>
            {t("keys.to_acknowledge", { count: counts.toAcknowledge })}
          </button>
        )}
      </div>
      <LookSwitch />
    </footer>
  );
}

/** Entries of the log from anywhere, by the digits that they have in the log's own form; a call has F3 as well. */
function LogKeys() {
  return writtenKinds.map((kind, index) => (
    <LogKey key={kind} kind={kind} bound={hotkeys.everywhere.write[index] ?? ""} />
  ));
}

function LogKey({ kind, bound }: { kind: (typeof writtenKinds)[number]; bound: string }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  useHotkey(bound, () => goTo("log", { write: kind }), {
    label: t("keys.log", { kind: say(logKindNames[kind]) }),
  });
  return null;
}

/** Day, night, as the system; and the other language. */
export function LookSwitch() {
  const t = useText();
  const { theme, setTheme, language, setLanguage } = usePage();
  return (
    <div className="look">
      <fieldset className="choice" aria-label={t("look.theme")}>
        {themes.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={theme === one}
            className={theme === one ? "choice-one is-chosen" : "choice-one"}
            onClick={() => setTheme(one)}
          >
            {t(`look.${one}`)}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className="button look-language"
        lang={language === "zh" ? "en" : "zh-CN"}
        onClick={() => setLanguage(language === "zh" ? "en" : "zh")}
      >
        {t("look.other_language")}
      </button>
    </div>
  );
}
