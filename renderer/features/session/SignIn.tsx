import { type KeyboardEvent, useEffect, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { askAgain, forgetAnswers } from "#renderer/bridge/answers.ts";
import { forgetContents } from "#renderer/bridge/attachment-content.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, deskTime, EmptyState, ErrorNote, Pane, PinField, useNow, VirtualRows } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OutputOf, SystemStatus } from "#shared/contract.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { KeyPad } from "./KeyPad.tsx";
import { usePinHand } from "./use-pin-hand.ts";

type Person = OutputOf<"session.officers">["officers"][number];

/** Who is at the desk: choose the name, type the PIN, Enter. Those on duty stand first; `brokenOff` is asked for again and told why. */
export function SignIn({ status, brokenOff = null }: { status: SystemStatus; brokenOff?: string | null }) {
  const t = useText();
  const { data, error, again } = useDesk("session.officers", {});
  const officers = data?.officers ?? [];
  const [chosenId, setChosenId] = useState<string | null>(brokenOff);
  const [pin, setPin] = useState("");
  const [refusal, setRefusal] = useState<DeskError>();
  const [waitUntil, setWaitUntil] = useState<Readonly<Record<string, number>>>({});
  const { act, busy } = useAct("session.signIn");
  const now = useNow();
  const field = usePinHand();
  useEffect(() => {
    forgetAnswers();
    forgetContents();
  }, []);

  const chosen =
    officers.find(({ id }) => id === chosenId) ??
    officers.find(({ onDuty }) => onDuty === "shift_leader") ??
    officers[0];
  const waitS = chosen ? Math.ceil(((waitUntil[chosen.id] ?? 0) - now) / 1000) : 0;

  /** A PIN that is begun is the PIN of who was shown then: a shift that turns meanwhile proposes nobody else. */
  const typePin = (typed: (before: string) => string) => {
    if (chosen) setChosenId(chosen.id);
    setPin(typed);
  };
  const choose = (person: Person) => {
    setChosenId(person.id);
    setPin("");
    setRefusal(undefined);
  };
  /** Enter came before the names did: it holds until they are here. */
  const [hurried, setHurried] = useState(false);
  const enter = async () => {
    if (pin === "" || busy || waitS > 0) return;
    setHurried(!chosen);
    if (!chosen) return;
    const outcome = await act({ officerId: chosen.id, pin });
    setPin("");
    field.current?.focus();
    if (outcome.ok) {
      // Also when the desk is taken over: nothing of the officer before stays on the page.
      usePage.getState().forget();
      usePage.getState().leave(null);
      await askAgain("session.current");
      return;
    }
    setRefusal(outcome.error);
    const seconds = Number(outcome.error.params?.seconds ?? 0);
    if (seconds > 0) setWaitUntil((before) => ({ ...before, [chosen.id]: deskTime() + seconds * 1000 }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names have come, nothing else has changed
  useEffect(() => {
    if (hurried && chosen) void enter();
  }, [hurried, chosen]);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") void enter();
    else if (event.key === "Escape") setPin("");
    else if (step !== undefined && chosen) {
      const next = officers[officers.indexOf(chosen) + step];
      if (next) choose(next);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="sign-in">
      <Pane title={t("session.who")} flush className="sign-in-people">
        {error && <ErrorNote error={error} again={again} />}
        <VirtualRows
          rows={officers}
          rowKey={(person) => person.id}
          rowHeight={40}
          label={t("session.who")}
          selectedKey={chosen?.id ?? null}
          onSelect={choose}
          onOpen={() => field.current?.focus()}
          empty={data && <EmptyState title={t("session.nobody")}>{t("session.nobody.about")}</EmptyState>}
          row={(person) => (
            <div className="sign-in-row">
              <span className={person.onDuty ? "sign-in-duty is-on" : "sign-in-duty"}>
                {person.onDuty ? say(roleNames[person.onDuty]) : ""}
              </span>
              <strong className="one-line">{person.name}</strong>
              <span className="soft one-line">{say(gradeNames[person.grade])}</span>
              <span className="faint one-line">{person.post}</span>
            </div>
          )}
        />
      </Pane>
      <Pane title={t("session.pin")} className="sign-in-pin">
        <p className="sign-in-name">{chosen?.name ?? ""}</p>
        <p className="soft">
          {chosen && say(gradeNames[chosen.grade])}
          {chosen?.onDuty && ` · ${t("session.on_duty", { role: say(roleNames[chosen.onDuty]) })}`}
        </p>
        {brokenOff && <p className="is-news">{t("session.broken_off")}</p>}
        <label className="label" htmlFor="pin">
          {t("session.pin.label")}
        </label>
        <PinField
          id="pin"
          ref={field}
          className="pin-field"
          // biome-ignore lint/a11y/noAutofocus: the PIN is the one thing to do on this screen
          autoFocus
          readOnly={waitS > 0}
          value={pin}
          aria-invalid={refusal?.id === "session.wrong_pin"}
          aria-describedby="pin-words"
          onPin={(typed) => typePin(() => typed)}
          onKeyDown={onKey}
        />
        <KeyPad
          onDigit={(digit) => waitS <= 0 && typePin((before) => (before + digit).slice(0, 12))}
          onBack={() => setPin((before) => before.slice(0, -1))}
        />
        <Button tone="next" disabled={pin === "" || busy || waitS > 0} onPress={enter} className="sign-in-enter">
          {waitS > 0 ? t("session.wait", { seconds: waitS }) : t("session.enter")}
        </Button>
        <div id="pin-words" className="sign-in-words">
          {refusal && (refusal.id !== "session.wait" || waitS > 0) && (
            <ErrorNote
              error={refusal.id === "session.wait" ? { id: refusal.id, params: { seconds: waitS } } : refusal}
            />
          )}
          {status.demoPin && (
            <p className="sign-in-demo">
              {t("session.demo")} <strong className="figures">{status.demoPin}</strong>
            </p>
          )}
          <p className="faint">{t("session.keys")}</p>
        </div>
      </Pane>
    </div>
  );
}
