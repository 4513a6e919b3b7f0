import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Key } from "./basics.tsx";
import { type HotkeyOptions, useHotkey } from "./hotkeys.tsx";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "onClick"> {
  readonly onPress: () => void;
  readonly children: ReactNode;
  /** `next`: the usual step; `grave`: cannot be taken back; `plain`: everything else. */
  readonly tone?: "plain" | "next" | "grave";
  /** Key that presses it while it is on screen and enabled; shown on it. */
  readonly hotkey?: string;
  /** Words for the sheet of keys. */
  readonly keyLabel?: string;
  readonly submit?: boolean;
}

/** A button with its key on it. */
export function Button({
  onPress,
  children,
  tone = "plain",
  hotkey,
  keyLabel,
  submit = false,
  className = "",
  ...rest
}: ButtonProps) {
  const options: HotkeyOptions = { when: hotkey !== undefined && !rest.disabled, label: keyLabel ?? "" };
  useHotkey(hotkey ?? "", onPress, options);
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      className={`button button-${tone} ${className}`}
      aria-keyshortcuts={hotkey?.replace("Esc", "Escape").replace("Ctrl", "Control")}
      onClick={(event) => {
        if (submit) event.preventDefault();
        onPress();
      }}
    >
      <span className="button-words">{children}</span>
      {hotkey && <Key name={hotkey} />}
    </button>
  );
}
