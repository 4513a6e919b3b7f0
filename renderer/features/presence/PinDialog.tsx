import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, Dialog, ErrorNote, PinField } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";

/** One's own PIN, changed; or, for an administrator, somebody else's, reset with a new key. */
export function PinDialog({ mode }: { mode: "change" | "reset" }) {
  const t = useText();
  const close = () => usePage.getState().openPin(null);
  const officers = useDesk("officer.list", {}, { enabled: mode === "reset" }).data?.officers ?? [];
  const [officerId, setOfficerId] = useState("");
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [isDone, setDone] = useState(false);
  const [refusal, setRefusal] = useState<DeskError>();
  const changing = useAct("officer.setPin");
  const resetting = useAct("officer.resetPin");
  const whose = officerId || (officers[0]?.id ?? "");
  const isWhole = /^\d{4,12}$/.test(fresh) && fresh === again && (mode === "reset" ? whose !== "" : old !== "");
  const send = async () => {
    if (!isWhole) return;
    const outcome =
      mode === "change"
        ? await changing.act({ pin: old, newPin: fresh })
        : await resetting.act({ officerId: whose, newPin: fresh });
    setRefusal(outcome.ok ? undefined : outcome.error);
    setDone(outcome.ok);
    for (const empty of [setOld, setFresh, setAgain]) empty("");
  };
  const field = (id: string, value: string, set: (text: string) => void) => (
    <>
      <label className="label" htmlFor={`pin-${id}`}>
        {t(`pin.${id}`)}
      </label>
      <PinField id={`pin-${id}`} fresh={id !== "old"} value={value} onPin={set} />
    </>
  );
  return (
    <Dialog title={t(`pin.title.${mode}`)} onClose={close} className="arrive">
      <div className="arrive-body">
        <p className="soft">{t(`pin.about.${mode}`)}</p>
        {mode === "reset" && (
          <>
            <label className="label" htmlFor="pin-whose">
              {t("presence.who")}
            </label>
            <select
              id="pin-whose"
              className="input"
              value={whose}
              onChange={(event) => setOfficerId(event.target.value)}
            >
              {officers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </>
        )}
        {mode === "change" && field("old", old, setOld)}
        {field("fresh", fresh, setFresh)}
        {field("again", again, setAgain)}
        <div className="arrive-acts">
          <Button
            tone="next"
            hotkey={confirmKey}
            disabled={!isWhole || changing.busy || resetting.busy}
            onPress={() => void send()}
          >
            {t(`pin.do.${mode}`)}
          </Button>
        </div>
        {isDone && <p role="status">{t(`pin.done.${mode}`)}</p>}
        {refusal && <ErrorNote error={refusal} />}
      </div>
    </Dialog>
  );
}
