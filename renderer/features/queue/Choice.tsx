import type { KeyboardEvent, ReactNode } from "react";

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
}

/** One of a few: segments that are real radios. Arrows move; the digit of a segment chooses it while the group has focus. */
export function Choice<T extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly ChoiceOption<T>[];
  readonly value: T | "";
  readonly onChange: (value: T) => void;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly required?: boolean;
  readonly digits?: boolean;
}) {
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const option = props.options[Number(event.key) - 1];
    if (!option || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    props.onChange(option.value);
    // The next Tab must leave the group, so the focus goes with the choice.
    event.currentTarget.querySelectorAll("input")[props.options.indexOf(option)]?.focus();
  };
  return (
    <div
      className="segments"
      role="radiogroup"
      aria-label={props.label}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      aria-required={props.required || undefined}
      onKeyDown={onKey}
    >
      {props.options.map((option, index) => (
        <label key={option.value} className={option.value === props.value ? "segment is-on" : "segment"}>
          <input
            type="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {props.digits && (
            <span className="segment-digit" aria-hidden="true">
              {index + 1}
            </span>
          )}
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
