import { type ReactNode, type Ref, useId } from "react";

/** A label and its control, as forms stack them. */
export function FormRow({ label, children }: { label: ReactNode; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="form-row">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}

interface Props {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
}

/** A label and one line of text. */
export function TextRow({
  label,
  onChange,
  figures = false,
  ...field
}: Props & {
  readonly placeholder?: string;
  /** Digits and codes line up. */
  readonly figures?: boolean;
}) {
  return (
    <FormRow label={label}>
      {(id) => (
        <input
          {...field}
          id={id}
          className={figures ? "input figures" : "input"}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormRow>
  );
}

/** A label and two lines of text, with room for more. */
export function WordsRow({ label, onChange, ...field }: Props & { readonly ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <FormRow label={label}>
      {(id) => (
        <textarea {...field} id={id} className="input" rows={2} onChange={(event) => onChange(event.target.value)} />
      )}
    </FormRow>
  );
}

/** A label and a choice of one. */
export function ChoiceRow<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: ReactNode;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, name: string])[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <FormRow label={label}>
      {(id) => (
        <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value as Value)}>
          {choices.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      )}
    </FormRow>
  );
}
