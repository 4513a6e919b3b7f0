import { type KeyboardEvent, useId, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import type { FoundPlace } from "#shared/contract.ts";

/** A place as people say it: words stay words; an arrow and Enter take one that the desk knows, with its point and grid. */
export function PlaceField(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly value: string;
  readonly onType: (words: string) => void;
  readonly onTake: (place: FoundPlace) => void;
}) {
  const t = useText();
  const listId = useId();
  const [open, setOpen] = useState(false);
  /** -1: nothing is chosen, Enter does not belong to the list. */
  const [at, setAt] = useState(-1);
  const typed = props.value.trim();
  const { data, previous } = useDesk("intake.places", { text: typed, limit: 8 }, { enabled: open && typed !== "" });
  const found = open && typed !== "" && !previous ? (data?.places ?? []) : [];
  const expanded = found.length > 0;
  const take = (place: FoundPlace) => {
    props.onTake(place);
    setOpen(false);
    setAt(-1);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || !expanded) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt(event.key === "ArrowDown" ? Math.min(at + 1, found.length - 1) : Math.max(at - 1, -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      take(found[at]);
    }
  };
  return (
    <div className="combo">
      <input
        id={props.id}
        className="input"
        role="combobox"
        autoComplete="off"
        maxLength={200}
        value={props.value}
        placeholder={t("intake.place.hint")}
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={listId}
        aria-activedescendant={expanded && at >= 0 ? `${listId}-${at}` : undefined}
        aria-describedby={props.describedBy}
        onChange={(event) => {
          props.onType(event.target.value);
          setAt(-1);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <div
        id={listId}
        role="listbox"
        tabIndex={-1}
        className="combo-list is-wide"
        aria-label={t("intake.places")}
        hidden={!expanded}
      >
        {found.map((place, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the input holds focus and keys (aria-activedescendant)
          <div
            key={`${place.kind}/${place.id}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(place)}
          >
            <span className="combo-name">{place.title}</span>
            <span className="combo-detail">
              {t(`intake.place.${place.kind}`)} {place.detail}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
