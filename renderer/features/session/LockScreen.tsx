import { type ReactNode, useEffect, useId, useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, HotkeyLayer, PinField, useModal, useNow } from "#renderer/parts/index.ts";
import { whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { OfficerView, SystemStatus } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { SignIn } from "./SignIn.tsx";
import { usePinHand } from "./use-pin-hand.ts";

/**
 * Over everything while the desk is locked: who is locked, the PIN, and what a glance must still tell (`children` above, `foot` below:
 * the shift, the link, the time, the alarms). What was typed waits below.
 * A dialog of the platform, so that it also lies over the dialogs that were open.
 */
export function LockScreen({
  officer,
  lockedAt,
  status,
  children,
  foot,
}: {
  officer: OfficerView;
  lockedAt: number;
  status: SystemStatus;
  children: ReactNode;
  foot: ReactNode;
}) {
  const t = useText();
  const now = useNow();
  const id = useId();
  const frame = useModal((dialog) => dialog.querySelector<HTMLInputElement>(".pin-field")?.focus());
  const [other, setOther] = useState(false);
  // What lies below goes to paper as little as to the screen.
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset["locked"] = "";
    return () => {
      delete dataset["locked"];
    };
  }, []);
  return (
    <dialog
      ref={frame}
      className="lock"
      aria-labelledby={id}
      // Not the cancel of the dialog: a second Esc would skip it and close what waits below too.
      onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}
    >
      <HotkeyLayer>
        <div>{children}</div>
        <div className={other ? "lock-body is-other" : "lock-body"}>
          <h2 id={id} className="lock-title">
            {t("session.locked", { name: officer.name })}
          </h2>
          <p className="soft">{t("session.locked.since", { at: whenText(lockedAt, now) })}</p>
          {other ? <SignIn status={status} /> : <Unlock officer={officer} status={status} />}
          <Button onPress={() => setOther(!other)}>
            {t(other ? "session.back_to_lock" : "session.other", { name: officer.name })}
          </Button>
        </div>
        {foot}
      </HotkeyLayer>
    </dialog>
  );
}

function Unlock({ officer, status }: { officer: OfficerView; status: SystemStatus }) {
  const t = useText();
  const field = usePinHand();
  const [pin, setPin] = useState("");
  const [refusal, setRefusal] = useState<DeskError>();
  const { act, busy } = useAct("session.unlock");
  const unlock = async () => {
    if (pin === "" || busy) return;
    const outcome = await act({ pin });
    setPin("");
    setRefusal(outcome.ok ? undefined : outcome.error);
    if (outcome.ok) await askAgain("session.current");
  };
  return (
    <div className="lock-pin">
      <label className="label" htmlFor="unlock-pin">
        {t("session.pin_of", { name: officer.name })}
      </label>
      <PinField
        id="unlock-pin"
        ref={field}
        className="pin-field"
        value={pin}
        onPin={setPin}
        onEnter={() => void unlock()}
      />
      <Button tone="next" disabled={pin === "" || busy} onPress={() => void unlock()}>
        {t("session.unlock")}
      </Button>
      {refusal && <ErrorNote error={refusal} />}
      {status.demoPin && (
        <p className="sign-in-demo">
          {t("session.demo")} <strong className="figures">{status.demoPin}</strong>
        </p>
      )}
    </div>
  );
}
