import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Dialog, EmptyState, ErrorNote, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Found } from "#shared/contract.ts";

const kinds = ["event", "officer", "place", "asset"] as const;
const most = 40;
/** Rows on screen without scrolling, shared by the kinds that were found. */
const room = 14;

/** F4: events, people, places, assets, by characters or pinyin initials. Enter goes there. */
export function FindPalette() {
  const t = useText();
  const id = useId();
  const { openFind, openIntake, goTo, selectEvent, focusOn } = usePage();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  /** Enter came before the answer to what was typed last: it goes when that is there. */
  const [entered, setEntered] = useState(false);
  const typed = text.trim();
  const { data, error, previous } = useDesk("find", { text: typed, limit: most }, { enabled: typed !== "" });
  const all = typed === "" ? [] : (data?.found ?? []);
  const groups = kinds.map((kind) => all.filter((one) => one.kind === kind)).filter((group) => group.length > 0);
  const share = Math.max(3, Math.floor(room / Math.max(1, groups.length)));
  const found = groups.flatMap((group) => (groups.length === 1 ? group : group.slice(0, share)));
  const chosen = found[Math.min(at, found.length - 1)];

  const go = (one: Found | undefined) => {
    if (!one) return;
    openFind(false);
    if (one.kind === "event") {
      selectEvent(one.id);
      goTo("queue", { eventId: one.id });
    } else if (one.kind === "officer") goTo("roster", { officerId: one.id });
    else {
      focusOn(one.point);
      goTo("map", one.kind === "asset" ? { assetId: one.id } : { placeId: one.id });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is new with each answer
  useEffect(() => {
    if (!entered || previous || !data) return;
    setEntered(false);
    go(chosen);
  }, [entered, previous, data]);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") {
      if (previous || !data) setEntered(typed !== "");
      else go(chosen);
    } else return;
    event.preventDefault();
  };

  const takeCall = (take: () => void) => {
    openFind(false);
    take();
  };

  return (
    <Dialog title={t("find.title")} onClose={() => openFind(false)} className="find" plain>
      <CallKeys
        onEvent={() => takeCall(() => openIntake())}
        onCall={() => takeCall(() => goTo("log", { write: "call" }))}
      />
      <input
        className="input find-field"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${found.indexOf(chosen)}` : undefined}
        aria-label={t("find.title")}
        placeholder={t("find.hint")}
        maxLength={80}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setEntered(false);
        }}
        onKeyDown={onKey}
      />
      {error && <ErrorNote error={error} />}
      <div id={`${id}-list`} className="find-list scroll" role="listbox" aria-label={t("find.results")}>
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field holds focus and keys (aria-activedescendant)
          <div
            key={`${one.kind}/${one.id}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={one === chosen}
            className={one === chosen ? "find-row is-chosen" : "find-row"}
            ref={one === chosen ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => go(one)}
          >
            <span className="find-kind">{one.kind !== found[index - 1]?.kind ? t(`find.kind.${one.kind}`) : ""}</span>
            <span className="one-line">{titleText(one.title)}</span>
            <span className="soft one-line">{say(one.detail)}</span>
            <span className="faint">{t(`find.go.${one.kind}`)}</span>
          </div>
        ))}
      </div>
      {found.length < all.length && <p className="find-more soft">{t("find.more")}</p>}
      {found.length === 0 && (
        <EmptyState title={typed === "" || previous || !data ? t("find.begin") : t("find.none", { text: typed })}>
          {t("find.about")}
        </EmptyState>
      )}
    </Dialog>
  );
}

/** In the dialog, where its keys are heard. */
function CallKeys({ onEvent, onCall }: { onEvent: () => void; onCall: () => void }) {
  const t = useText();
  useHotkey(hotkeys.find.newEvent, onEvent, { label: t("keys.new_event") });
  useHotkey(hotkeys.find.call, onCall, { label: t("keys.call") });
  return null;
}
