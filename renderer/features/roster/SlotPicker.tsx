import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { HotkeyLayer } from "#renderer/parts/index.ts";
import { dutyDayText, phoneText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { Cell } from "./month-grid.ts";
import { choicesFor } from "./pick.ts";

interface Props {
  readonly cell: Cell;
  readonly shiftName: string;
  readonly sameShift: readonly Cell[];
  readonly officers: readonly OfficerView[];
  readonly load: ReadonlyMap<string, { shifts: number; nights: number; offDays: number }>;
  readonly typed: string;
  /** The place in the grid beside which it opens. */
  readonly anchor: DOMRect;
  readonly onTake: (officer: OfficerView | null) => void;
  /** Everything else that may be done with the place. */
  readonly onMenu: () => void;
  readonly onLeave: () => void;
}

const size = { width: 340, height: 380 };

/** Whom to put into a place: type a name or pinyin initials, Enter takes the first. */
export function SlotPicker(props: Props) {
  const { cell, officers, onTake, onLeave, anchor } = props;
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(props.typed);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const initials = /^[a-z]{1,12}$/i.test(typed.trim());
  const found = useDesk("find", { text: typed.trim(), limit: 50 }, { enabled: initials });
  const byInitials = useMemo(
    () => (initials ? (found.data?.found ?? []).filter((one) => one.kind === "officer").map((one) => one.id) : []),
    [initials, found.data],
  );
  const choices = choicesFor(officers, cell, props.sameShift, typed, byInitials);
  const here = Math.min(at, Math.max(0, choices.length - 1));

  useEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    list.current?.children[here]?.scrollIntoView({ block: "nearest" });
  }, [here]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const choice = choices[here];
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, here + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, here - 1));
    else if (event.key === "Enter" && choice) onTake(choice.officer);
    else if (event.key === "Delete" && typed === "" && cell.officerId) onTake(null);
    else if (event.key === "Escape" || event.key === "Tab") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const left = Math.max(8, Math.min(anchor.left, window.innerWidth - size.width - 8));
  const below = anchor.bottom + 2 + size.height <= window.innerHeight - 8;
  const top = below ? anchor.bottom + 2 : Math.max(8, anchor.top - size.height - 2);
  const title = `${dutyDayText(cell.on)} ${props.shiftName} ${say(roleNames[cell.role])}`;
  return (
    <HotkeyLayer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a click beside it leaves, as Esc does */}
      <div className="roster-picker-ground" onClick={onLeave} />
      <div
        className="roster-picker"
        role="dialog"
        aria-label={t("roster.pick.title", { place: title })}
        style={{ left, top, width: size.width, height: size.height }}
      >
        <p className="roster-picker-title">
          {title}
          <span className="roster-picker-was">{cell.name || t(cell.gap ? "roster.gap" : "roster.free")}</span>
        </p>
        <input
          ref={input}
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={choices[here] ? `${id}-${here}` : undefined}
          aria-label={t("roster.pick.type")}
          placeholder={t("roster.pick.type")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div
          className="roster-choices"
          role="listbox"
          id={`${id}-list`}
          ref={list}
          aria-label={t("roster.pick.people")}
        >
          {choices.map((choice, index) => {
            const load = props.load.get(choice.officer.id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the box above holds focus and keys
              <div
                key={choice.officer.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === here}
                className={`roster-choice ${choice.usual ? "" : "is-unusual"}`}
                onClick={() => onTake(choice.officer)}
              >
                <span className="roster-choice-name">{choice.officer.name}</span>
                <span className="roster-choice-grade">{say(gradeNames[choice.officer.grade])}</span>
                {choice.twice && <span className="roster-choice-twice">{t("roster.pick.twice")}</span>}
                <span className="roster-choice-load" title={phoneText(choice.officer.phone)}>
                  {t("roster.pick.load", { shifts: load?.shifts ?? 0, nights: load?.nights ?? 0 })}
                </span>
              </div>
            );
          })}
        </div>
        {choices.length === 0 && <p className="roster-picker-none">{t("roster.pick.none")}</p>}
        <p className="roster-picker-keys">
          <span>{t("roster.pick.keys")}</span>
          {cell.officerId && (
            <button type="button" className="button button-plain" onClick={() => onTake(null)}>
              {t("roster.pick.empty")}
            </button>
          )}
          <button type="button" className="button button-plain" onClick={props.onMenu}>
            {t("roster.pick.more")}
          </button>
        </p>
      </div>
    </HotkeyLayer>
  );
}
