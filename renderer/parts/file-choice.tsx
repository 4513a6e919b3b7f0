import type { ReactNode, Ref } from "react";

interface FileChoice {
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly disabled?: boolean | undefined;
  readonly input?: Ref<HTMLInputElement> | undefined;
}

/** Chooses one file. The same file, mended and chosen again, is a new choice: the field forgets it at once. */
function FileInput({ accept, onFile, disabled, input, label }: FileChoice & { label?: string }) {
  return (
    <input
      ref={input}
      type="file"
      className="sr-only"
      accept={accept}
      disabled={disabled}
      {...(label === undefined ? {} : { tabIndex: -1, "aria-label": label })}
      onChange={(event) => {
        const [file] = event.target.files ?? [];
        if (file) onFile(file);
        event.target.value = "";
      }}
    />
  );
}

/** A button that chooses a file, and has the focus itself. */
export function FileButton({
  children,
  next = false,
  ...choice
}: FileChoice & { children: ReactNode; next?: boolean }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: FileInput is the control
    <label className={next ? "button button-next" : "button"}>
      {children}
      <FileInput {...choice} />
    </label>
  );
}

/** The field behind a button of the screen that has a key: no stop of its own, `input.current.click()` opens it. */
export function HiddenFileInput(choice: FileChoice & { label: string }) {
  return <FileInput {...choice} />;
}
