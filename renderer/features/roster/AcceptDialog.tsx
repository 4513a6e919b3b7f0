import { useId, useState } from "react";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, Dialog, ErrorNote, isReason, PinField, ReasonField } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { RosterRules } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { slotText } from "./layer-words.ts";

interface Props {
  readonly month: string;
  /** Places that stay empty. */
  readonly places: readonly string[];
  readonly rules: RosterRules;
  readonly error: DeskError | undefined;
  readonly busy: boolean;
  readonly onLeave: () => void;
  /** Whether it was published. */
  readonly onAccept: (reason: string, pin: string) => Promise<boolean>;
}

/** RO-35: a month with gaps is published only by whom says why and signs with the PIN. */
export function AcceptDialog({ month, places, rules, error, busy, onLeave, onAccept }: Props) {
  const t = useText();
  const reasonId = useId();
  const { typed, type, drop } = useTyped(`accept:${month}`, { reason: "" });
  const { reason } = typed;
  const [pin, setPin] = useState("");
  const ready = reason.trim().length >= 2 && isReason(reason) && pin !== "" && !busy;
  const accept = () => {
    if (ready) void onAccept(reason.trim(), pin).then((isDone) => isDone && drop());
    setPin("");
  };
  return (
    <Dialog title={t("roster.accept", { places: places.length })} onClose={onLeave} className="roster-ask-dialog">
      <form
        className="roster-form"
        onSubmit={(event) => {
          event.preventDefault();
          accept();
        }}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <ul className="roster-accept-list" tabIndex={0} aria-label={t("roster.plan.gaps")}>
          {places.slice(0, 100).map((place) => (
            <li key={place}>{slotText(place, rules)}</li>
          ))}
        </ul>
        <div className="roster-form-row">
          <label htmlFor={reasonId}>{t("roster.accept.reason")}</label>
          <ReasonField id={reasonId} maxLength={200} value={reason} onReason={(given) => type({ reason: given })} />
        </div>
        <label className="roster-form-row">
          <span>{t("roster.accept.pin")}</span>
          <PinField value={pin} onPin={setPin} />
        </label>
        <p className="roster-form-about">{t("roster.accept.about")}</p>
        {error && <ErrorNote error={error} />}
        <footer className="roster-form-foot">
          <Button onPress={onLeave} hotkey={backKey}>
            {t("roster.back")}
          </Button>
          <Button tone="next" hotkey={confirmKey} disabled={!ready} onPress={accept}>
            {t("roster.accept.sign")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
