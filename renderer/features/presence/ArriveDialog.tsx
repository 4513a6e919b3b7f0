import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, Dialog, ErrorNote } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { PersonPin } from "./PersonPin.tsx";

/** Coming and going, in person, while somebody else stays signed in at the desk. Who is missing stands first. */
export function ArriveDialog() {
  const t = useText();
  const close = () => usePage.getState().openArrive(false);
  const now = useDesk("presence.now", {}).data;
  const officers = useDesk("session.officers", {}).data?.officers ?? [];
  const [chosen, setChosen] = useState("");
  const [pin, setPin] = useState("");
  const [told, setTold] = useState("");
  const [refusal, setRefusal] = useState<DeskError>();
  const arriving = useAct("presence.arrive");
  const leaving = useAct("presence.leave");

  const rostered = [now?.current, now?.next].flatMap((view) =>
    (view?.people ?? []).map((person) => ({
      officerId: person.officerId,
      label: `${person.name} · ${view ? say(view.name) : ""} ${say(roleNames[person.role])}${person.arrival ? ` · ${t("presence.came")}` : ""}`,
      isMissing: person.mustCome && person.arrival === null,
    })),
  );
  const known = new Set(rostered.map(({ officerId }) => officerId));
  const people = [
    ...rostered.filter(({ isMissing }) => isMissing),
    ...rostered.filter(({ isMissing }) => !isMissing),
    ...officers.filter(({ id }) => !known.has(id)).map(({ id, name }) => ({ officerId: id, label: name })),
  ].filter((one, index, all) => all.findIndex(({ officerId }) => officerId === one.officerId) === index);
  // Who was shown when a hand began to type stays: a shift that turns meanwhile proposes nobody else.
  const officerId = chosen || (people[0]?.officerId ?? "");
  const { typed, type, drop } = useTyped(`arrive:${officerId}`, { why: "" });
  const { why } = typed;
  const name = people.find((person) => person.officerId === officerId)?.label.split(" · ")[0] ?? "";

  const finish = async (outcome: { ok: true } | { ok: false; error: DeskError }, words: string) => {
    setPin("");
    setRefusal(outcome.ok ? undefined : outcome.error);
    setTold(outcome.ok ? words : "");
    if (outcome.ok) {
      setChosen("");
      drop();
    }
    await askAgain("presence.now", "alarm.list");
  };
  const arrive = async () => {
    if (pin === "" || arriving.busy) return;
    await finish(await arriving.act({ officerId, pin }), t("presence.arrived", { name }));
  };
  const leave = async () => {
    if (pin === "" || leaving.busy) return;
    await finish(await leaving.act({ officerId, pin, why }), t("presence.left", { name }));
  };

  return (
    <Dialog title={t("presence.arrive.title")} onClose={close} className="arrive">
      <div className="arrive-body">
        <PersonPin
          people={people}
          officerId={officerId}
          pin={pin}
          onOfficer={setChosen}
          onPin={(digits) => {
            setChosen(officerId);
            setPin(digits);
          }}
          onEnter={() => void arrive()}
        />
        <label className="label" htmlFor="presence-why">
          {t("presence.why")}
        </label>
        <input
          id="presence-why"
          className="input"
          maxLength={200}
          value={why}
          onChange={(event) => {
            setChosen(officerId);
            type({ why: event.target.value });
          }}
        />
        <div className="arrive-acts">
          <Button tone="next" hotkey={confirmKey} disabled={pin === "" || arriving.busy} onPress={() => void arrive()}>
            {t("presence.arrive")}
          </Button>
          <Button disabled={pin === "" || leaving.busy} onPress={() => void leave()}>
            {t("presence.leave")}
          </Button>
        </div>
        {told && <p role="status">{told}</p>}
        {refusal && <ErrorNote error={refusal} />}
      </div>
    </Dialog>
  );
}
