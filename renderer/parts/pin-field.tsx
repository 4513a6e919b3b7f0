import type { ComponentProps } from "react";

type Given = Omit<ComponentProps<"input">, "type" | "inputMode" | "maxLength" | "value" | "onChange" | "autoComplete">;

/** Where a PIN is typed: digits only, never shown, never kept by a browser. */
export function PinField({
  value,
  onPin,
  onEnter,
  fresh = false,
  className = "",
  onKeyDown,
  ...rest
}: Given & {
  readonly value: string;
  readonly onPin: (pin: string) => void;
  readonly onEnter?: () => void;
  /** A PIN that is being chosen, not asked for. */
  readonly fresh?: boolean;
}) {
  return (
    <input
      {...rest}
      className={`input ${className}`}
      type="password"
      inputMode="numeric"
      autoComplete={fresh ? "new-password" : "off"}
      maxLength={12}
      value={value}
      onChange={(event) => onPin(event.target.value.replace(/\D/g, ""))}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key === "Enter" && onEnter) onEnter();
      }}
    />
  );
}
