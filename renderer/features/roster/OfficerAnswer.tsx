import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";

interface Props {
  readonly label: string;
  readonly officers: readonly OfficerView[];
  /** Officer ids that are near the word; offered first. */
  readonly near: readonly string[];
  /** It must be somebody: "not a name" is no answer. */
  readonly someone?: boolean;
  /** What stands at the end of a person's line. */
  readonly noteOf?: (officer: OfficerView) => string;
  readonly onFocus: () => void;
  /** An officer id, or `skip`: this is nobody. */
  readonly onTake: (answer: string) => void;
}

/** Who an unknown name is: type a name or pinyin initials; the last choice says that it is no name. */
export function OfficerAnswer({ label, officers, near, someone = false, noteOf, onFocus, onTake }: Props) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const text = typed.trim().toLowerCase();
  const initials = /^[a-z]{1,12}$/.test(text);
  const found = useDesk("find", { text, limit: 50 }, { enabled: initials });
  const choices = useMemo(() => {
    const byInitials = initials ? (found.data?.found ?? []).map((one) => one.id) : [];
    const rank = (officer: OfficerView) => (near.includes(officer.id) ? near.indexOf(officer.id) : near.length);
    return [
      ...officers
        .filter(
          (officer) =>
            officer.active &&
            (text === "" ||
              byInitials.includes(officer.id) ||
              [officer.name, officer.post].some((part) => part.toLowerCase().includes(text))),
        )
        .sort((a, b) => rank(a) - rank(b))
        .map((officer) => ({
          answer: officer.id,
          name: officer.name,
          grade: say(gradeNames[officer.grade]),
          note: noteOf?.(officer) ?? "",
        })),
      ...(someone ? [] : [{ answer: "skip", name: t("roster.sheet.not_a_name"), grade: "", note: "" }]),
    ];
  }, [officers, near, someone, text, initials, found.data, noteOf, t]);
  const here = Math.min(at, choices.length - 1);

  useLayoutEffect(() => {
    if (open) list.current?.children[here]?.scrollIntoView({ block: "nearest" });
  }, [here, open]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const choice = choices[here];
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, here + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, here - 1));
    else if (event.key === "Enter" && !event.ctrlKey && choice) onTake(choice.answer);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="officer-answer">
      <input
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open ? `${id}-${here}` : undefined}
        placeholder={t("roster.sheet.type_name")}
        value={typed}
        onFocus={() => {
          setOpen(true);
          onFocus();
        }}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div
          className="roster-choices officer-choices"
          role="listbox"
          id={`${id}-list`}
          ref={list}
          aria-label={t("roster.pick.people")}
        >
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the box above holds focus and keys
            <div
              key={choice.answer}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === here}
              className="roster-choice"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(choice.answer)}
            >
              <span className="roster-choice-name">{choice.name}</span>
              <span className="roster-choice-grade">{choice.grade}</span>
              {choice.note && <span className="roster-choice-load">{choice.note}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
