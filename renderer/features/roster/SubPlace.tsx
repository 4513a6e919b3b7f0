import type { ReactNode } from "react";
import { Button } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

interface Props {
  readonly title: string;
  readonly onLeave: () => void;
  /** Buttons of the place, right of its title. */
  readonly tools?: ReactNode;
  /** What was done, in words. */
  readonly said?: ReactNode;
  readonly children: ReactNode;
}

/** A screen over the month: title, its buttons, Esc goes back. */
export function SubPlace({ title, onLeave, tools, said, children }: Props) {
  const t = useText();
  return (
    <section className="roster-place" aria-label={title}>
      <header className="roster-head">
        <h1 className="import-title">{title}</h1>
        <p className="roster-said" role="status">
          {said}
        </p>
        {tools}
        <Button onPress={onLeave} hotkey={backKey} keyLabel={t("roster.back")}>
          {t("roster.back")}
        </Button>
      </header>
      {children}
    </section>
  );
}
