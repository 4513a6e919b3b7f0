import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useInitials } from "#renderer/parts/initials.ts";
import { useText } from "#renderer/text/text.ts";
import { matchesWords } from "./match-words.ts";

export interface ComboOption {
  readonly key: string;
  readonly name: string;
  /** Said beside the name, and searched too. */
  readonly detail?: string;
  readonly words?: readonly string[];
}

export interface ComboboxProps {
  readonly id: string;
  readonly options: readonly ComboOption[];
  /** Key of the chosen option; with `free`, the words themselves. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Words that are no option are taken as they are. */
  readonly free?: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly required?: boolean;
  /** Chips of what is already chosen, when many may be. */
  readonly before?: ReactNode;
  readonly onBackspace?: () => void;
  /** What is typed may be chosen too, as the last option; it is never taken by leaving the field. */
  readonly asTyped?: (typed: string) => ComboOption;
  /** The options are found elsewhere by what is typed, and shown as they come. */
  readonly onTyped?: (typed: string) => void;
}

const most = 60;

/** A field that finds by characters or pinyin initials. Type, arrows, Enter; Esc closes the list and keeps the choice. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onChange, free = false, onTyped } = props;
  const foundElsewhere = onTyped !== undefined;
  const t = useText();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  /** `null`: nothing typed, the choice is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const chosen = options.find((option) => option.key === value);
  const shown = typed ?? (free ? value : (chosen?.name ?? ""));
  const initials = useInitials();
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the readings have come, more is found
  const known = useMemo(
    () =>
      options
        .filter(
          (option) =>
            foundElsewhere ||
            matchesWords(typed ?? "", option.name, [
              ...(option.words ?? []),
              ...(option.detail ? [option.detail] : []),
            ]),
        )
        // Who types a whole name means that one, whatever else it is part of.
        .sort((a, b) => Number(b.name === typed?.trim()) - Number(a.name === typed?.trim()))
        .slice(0, most),
    [options, typed, foundElsewhere, initials],
  );
  const words = typed?.trim() ?? "";
  const asTyped = words && !known.some(({ name }) => name === words) ? props.asTyped?.(words) : undefined;
  const found = asTyped ? [...known, asTyped] : known;
  const active = found[Math.min(at, found.length - 1)];
  const nothing = open && !free && found.length === 0 && typed !== null && typed.trim() !== "";
  const expanded = open && found.length > 0;

  useEffect(() => {
    if (expanded) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: "nearest" });
  });

  // A proposal that comes under the hand is replaced by what is typed, not prolonged.
  const [choice, isUntyped] = [chosen?.name, typed === null && !free];
  useLayoutEffect(() => {
    if (choice && isUntyped && document.activeElement === input.current) input.current?.select();
  }, [choice, isUntyped]);

  const show = () => {
    setOpen(true);
    setAt(Math.max(0, typed === null ? found.findIndex((option) => option.key === value) : 0));
  };
  const take = (option: ComboOption) => {
    onChange(free ? option.name : option.key);
    setTyped(null);
    setOpen(false);
  };
  const leave = () => {
    setOpen(false);
    if (free || typed === null) return setTyped(null);
    const exact = options.find((option) => option.name === words);
    if (exact) onChange(exact.key);
    else if (words && active && active !== asTyped) onChange(active.key);
    else if (!words && !props.required) onChange("");
    setTyped(null);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    // Ctrl+Enter confirms the form: what is typed here is taken first.
    if (event.ctrlKey) return event.key === "Enter" ? leave() : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!expanded) return show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === "Enter" && expanded && active) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && (expanded || (typed !== null && !free))) {
      event.preventDefault();
      setOpen(false);
      if (!free) setTyped(null);
    } else if (event.key === "Backspace" && shown === "") props.onBackspace?.();
  };

  return (
    <div className="combo">
      {props.before}
      <input
        ref={input}
        id={props.id}
        className="input combo-input"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        value={shown}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={listId}
        aria-activedescendant={expanded && active ? `${listId}-${active.key}` : undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        aria-required={props.required || undefined}
        onFocus={(event) => event.currentTarget.select()}
        onClick={show}
        onChange={(event) => {
          setTyped(event.target.value);
          if (free) onChange(event.target.value);
          onTyped?.(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onBlur={leave}
        onKeyDown={onKey}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        // A list that scrolls would be a Tab stop of its own, and vanish under the focus.
        tabIndex={-1}
        className="combo-list"
        aria-label={t("queue.choices")}
        hidden={!expanded}
      >
        {expanded &&
          found.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the input holds focus and keys (aria-activedescendant)
            <div
              key={option.key}
              id={`${listId}-${option.key}`}
              role="option"
              aria-selected={option.key === active?.key}
              // The press must not take the focus from the input, or the list would close before the click.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <span className="combo-name">{option.name}</span>
              {option.detail && <span className="combo-detail">{option.detail}</span>}
            </div>
          ))}
      </div>
      {nothing && (
        <p className="combo-nothing" role="status">
          {t("queue.choices.none", { typed: typed ?? "" })}
        </p>
      )}
    </div>
  );
}
