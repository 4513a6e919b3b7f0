import type { ComponentPropsWithoutRef } from "react";

type DateFieldProps = Omit<ComponentPropsWithoutRef<"input">, "type" | "max" | "onChange"> & {
  /** `YYYY-MM-DD`, empty while it is no whole date. */
  readonly onDate: (date: string) => void;
};

/** A date that is typed in a row, such as 20260714: a year has four figures, where Chromium would take six and the month with them. */
export function DateField({ className = "", onDate, ...field }: DateFieldProps) {
  return (
    <input
      {...field}
      type="date"
      max="9999-12-31"
      className={`input ${className}`.trim()}
      onChange={(event) => onDate(event.target.value)}
    />
  );
}
