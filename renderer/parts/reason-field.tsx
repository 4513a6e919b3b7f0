import { type ComponentProps, useId, useState } from "react";
import { useText } from "#renderer/text/text.ts";

/** Digits alone say nothing, and may be a PIN that a hand typed without looking. */
export const isReason = (text: string): boolean => !/^[\p{Nd}\s]*$/u.test(text);

type Given = Omit<ComponentProps<"input">, "type" | "value" | "onChange">;

/**
 * Words that go with a signature, beside a field for the PIN. While they are digits alone they are neither shown nor given
 * on, so no draft keeps them, and they are gone when the hand leaves.
 */
export function ReasonField({
  value,
  onReason,
  className = "",
  ...rest
}: Given & { readonly value: string; readonly onReason: (reason: string) => void }) {
  const t = useText();
  const hint = useId();
  const [digits, setDigits] = useState("");
  const shown = digits || value;
  const hidden = shown !== "" && !isReason(shown);
  const take = (text: string) => {
    setDigits(isReason(text) ? "" : text);
    const reason = isReason(text) ? text : "";
    if (reason !== value) onReason(reason);
  };
  return (
    <>
      <input
        {...rest}
        className={`input ${hidden ? "is-hidden" : ""} ${className}`}
        type="text"
        autoComplete="off"
        value={shown}
        aria-describedby={hidden ? hint : undefined}
        onChange={(event) => take(event.target.value)}
        onBlur={() => hidden && take("")}
      />
      {hidden && (
        <span id={hint} className="reason-hidden" role="status">
          {t("parts.reason.digits")}
        </span>
      )}
    </>
  );
}
