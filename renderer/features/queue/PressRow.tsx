import { type KeyboardEvent, useState } from "react";

/** Buttons of which any number may be down: one stop of Tab; arrows, Home and End move among them. */
export function PressRow<T extends string>(props: {
  readonly label: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: readonly T[];
  readonly onChange: (value: T[]) => void;
}) {
  const { options, value } = props;
  const [stop, setStop] = useState(0);
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const last = options.length - 1;
    const to = { ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll("button")[Math.min(last, Math.max(0, to))]?.focus();
  };
  return (
    <div className="filter-row">
      <span aria-hidden="true">{props.label}</span>
      <div className="filter-field filter-pressed" aria-label={props.label} role="toolbar" onKeyDown={onKey}>
        {options.map(([key, words], at) => (
          <button
            key={key}
            type="button"
            className="filter-press"
            tabIndex={at === stop ? 0 : -1}
            aria-pressed={value.includes(key)}
            onFocus={() => setStop(at)}
            onClick={() => props.onChange(value.includes(key) ? value.filter((one) => one !== key) : [...value, key])}
          >
            {words}
          </button>
        ))}
      </div>
    </div>
  );
}
