import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, HotkeyLayer, SyncMark } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dutyDayText, monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { CellMenu, type MenuItem } from "./CellMenu.tsx";
import { slotText, type Words } from "./layer-words.ts";
import { monthBeside } from "./month-grid.ts";
import type { Said, useEdits } from "./use-edits.ts";
import type { useMonth } from "./use-month.ts";

interface Props {
  readonly month: string;
  readonly today: string;
  readonly answer: ReturnType<typeof useMonth>["answer"];
  readonly words: Words;
  readonly edits: ReturnType<typeof useEdits>;
  readonly onTurn: (month: string) => void;
  /** How many requests wait for the officer at the desk. */
  readonly mine: number;
  readonly onLayers: () => void;
  readonly onPlan: () => void;
  readonly more: readonly MenuItem[];
}

/** The month, what was just done, and everything else that belongs to a roster. */
export function MonthHead({ month, today, answer, words, edits, onTurn, mine, onLayers, onPlan, more }: Props) {
  const t = useText();
  const [menu, setMenu] = useState<DOMRect>();
  const thisMonth = today.slice(0, 7);
  const { said, undo, busy } = edits;
  const openMenu = () => {
    const button = document.querySelector("[data-roster-more]");
    if (button) setMenu(button.getBoundingClientRect());
  };
  return (
    <header className="roster-head">
      <Button
        onPress={() => onTurn(monthBeside(month, -1))}
        title={t("roster.month.before")}
        aria-label={t("roster.month.before")}
      >
        ‹
      </Button>
      <h1 className="roster-month">{monthText(month)}</h1>
      <Button
        onPress={() => onTurn(monthBeside(month, 1))}
        title={t("roster.month.after")}
        aria-label={t("roster.month.after")}
      >
        ›
      </Button>
      <Button onPress={() => onTurn(thisMonth)} disabled={month === thisMonth}>
        {t("roster.month.this")}
      </Button>
      <span className="roster-published">
        {answer.data && t(answer.data.published ? "roster.published" : "roster.unpublished")}
      </span>
      {answer.data?.published && !answer.previous && <SyncMark sync={answer.data.sync} />}
      <p className="roster-said" role="status">
        {said && said.type !== "error" && <SaidWords said={said} words={words} />}
        {undo && !busy && (
          <Button onPress={undo} hotkey={hotkeys.month.undo} keyLabel={t("roster.undo")}>
            {t("roster.undo")}
          </Button>
        )}
      </p>
      <Button
        onPress={onLayers}
        hotkey={hotkeys.month.layers}
        keyLabel={t("roster.layers")}
        tone={mine > 0 ? "next" : "plain"}
      >
        {mine > 0 ? t("roster.layers.mine", { count: mine }) : t("roster.layers")}
      </Button>
      <Button onPress={onPlan} hotkey={hotkeys.month.plan} keyLabel={t("roster.plan")}>
        {t("roster.plan")}
      </Button>
      <Button
        onPress={openMenu}
        hotkey={hotkeys.month.more}
        keyLabel={t("roster.more")}
        aria-haspopup="menu"
        data-roster-more=""
      >
        {t("roster.more")}
      </Button>
      {menu && (
        <HotkeyLayer>
          <CellMenu title={t("roster.more")} items={more} anchor={menu} onLeave={() => setMenu(undefined)} />
        </HotkeyLayer>
      )}
    </header>
  );
}

function SaidWords({ said, words }: { said: Exclude<Said, { type: "error" }>; words: Words }) {
  const t = useText();
  if (said.type === "note") return <span>{said.words}</span>;
  if (said.type === "not_allowed") return <span className="roster-refused">{t("roster.not_allowed")}</span>;
  const [one, other] = said.edits;
  if (one && other)
    return (
      <span>
        {t(said.type === "done" ? "roster.exchanged" : "roster.exchanged_back", {
          one: slotText(one.slot, words.rules),
          other: slotText(other.slot, words.rules),
        })}
      </span>
    );
  return (
    <span>
      {said.edits
        .map(({ slot, wasName, name }) =>
          t(said.type === "done" ? "roster.done" : "roster.undone", {
            place: slotText(slot, words.rules),
            was: wasName || t("roster.free"),
            name: name || t("roster.free"),
          }),
        )
        .join(" ")}
    </span>
  );
}

/** From October on: the notice of the next year is missing. */
export function YearWarning({ year, onEnter }: { year: string; onEnter: () => void }) {
  const t = useText();
  return (
    <p className="roster-year" role="note">
      <span>{t("roster.year_missing", { year })}</span>
      <Button onPress={onEnter}>{t("roster.holidays")}</Button>
    </p>
  );
}

export function AcceptedNote({ month }: { month: string }) {
  const t = useText();
  const answer = useDesk("roster.month", { month });
  const accepted = answer.data?.accepted ?? [];
  if (accepted.length === 0) return null;
  return (
    <ul className="roster-accepted">
      {accepted.map((one) => (
        <li key={`${one.at}/${one.slots[0]}`}>
          {t("roster.accepted", {
            places: one.slots.length,
            first: dutyDayText((one.slots[0] ?? "").slice(0, 10)),
            reason: one.reason,
            name: one.name,
          })}
        </li>
      ))}
    </ul>
  );
}
