import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { ErrorNote, Key, Pane, useMinute } from "#renderer/parts/index.ts";
import { titleText, whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { CarryView } from "#shared/contract.ts";
import { type CarryAction, carryMoveOf, carryStateNames } from "#shared/domain/handover/carry-over.ts";
import type { DeskError } from "#shared/errors.ts";

/** HO-12: what earlier shifts left to named people, until it is finished. Not there while there is nothing. */
export function CarryPane() {
  const t = useText();
  const answer = useDesk("carry.list", {});
  const session = useDesk("session.current", {});
  const items = answer.data?.items ?? [];
  if (items.length === 0 || answer.error) return null;
  return (
    <Pane title={t("desk.carry", { count: items.length })} flush className="carry-pane">
      <ul>
        {items.map((item) => (
          <Item key={item.id} item={item} isMine={item.officerId === session.data?.officer?.id} />
        ))}
      </ul>
    </Pane>
  );
}

function Item({ item, isMine }: { item: CarryView; isMine: boolean }) {
  const t = useText();
  const now = useMinute();
  const { act, busy } = useAct("carry.act");
  const [asked, setAsked] = useState<CarryAction>();
  const [error, setError] = useState<DeskError>();
  const send = async (action: CarryAction, text = "", toOfficerId: string | null = null) => {
    setError(undefined);
    const outcome = await act({ id: item.id, action, text, toOfficerId });
    if (!outcome.ok) setError(outcome.error);
    return outcome.ok;
  };
  return (
    <li className={isMine ? "carry-item is-mine" : "carry-item"}>
      <p className="carry-text">{titleText(item.text)}</p>
      <p className="soft carry-about">
        <span className={`carry-state is-${item.state}`}>{say(carryStateNames[item.state])}</span>
        <span>{item.officerName}</span>
        <span>{t("desk.carry.given", { at: whenText(item.givenAt, now) })}</span>
        {item.times > 1 && <span>{t("desk.carry.times", { count: item.times })}</span>}
      </p>
      {item.state === "contested" && <p className="soft">{t("desk.carry.said", { text: item.said })}</p>}
      {asked ? (
        <WordsOf item={item} action={asked} busy={busy} send={send} onLeave={() => setAsked(undefined)} />
      ) : (
        <p className="carry-tools">
          {item.actions.map((action) => (
            <button
              key={action}
              type="button"
              className="button"
              disabled={busy}
              aria-label={t("desk.carry.do", { action: say(carryMoveOf(action).label), text: item.text })}
              onClick={() => (carryMoveOf(action).needs === "words" ? setAsked(action) : void send(action))}
            >
              {say(carryMoveOf(action).label)}
            </button>
          ))}
        </p>
      )}
      {error && <ErrorNote error={error} />}
    </li>
  );
}

/** What is said with a step. A part of its own: what was kept is asked for when somebody opens it, not with the home place. */
function WordsOf(props: {
  readonly item: CarryView;
  readonly action: CarryAction;
  readonly busy: boolean;
  readonly send: (action: CarryAction, text: string, toOfficerId: string | null) => Promise<boolean>;
  readonly onLeave: () => void;
}) {
  const t = useText();
  const { item, action, busy, send, onLeave } = props;
  const { typed, type, drop } = useTyped(`carry:${item.id}`, { words: "" });
  const [to, setTo] = useState("");
  const words = typed.words.trim();
  return (
    <form
      className="carry-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(action, words, action === "decide" && to !== "" ? to : null).then((isDone) => {
          if (!isDone) return;
          drop();
          onLeave();
        });
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        className="input"
        value={typed.words}
        maxLength={500}
        aria-label={t(`desk.carry.words.${action}`)}
        placeholder={t(`desk.carry.words.${action}`)}
        onChange={(event) => type({ words: event.target.value })}
        onKeyDown={(event) => event.key === "Escape" && onLeave()}
      />
      {action === "decide" && <Who value={to || item.officerId} item={item} onChange={setTo} />}
      <button type="submit" className="button button-next" disabled={busy || words === ""}>
        {say(carryMoveOf(action).label)} <Key name="Enter" />
      </button>
    </form>
  );
}

/** Who is to do it from now on: whoever has it, or somebody on duty. */
function Who({ value, item, onChange }: { value: string; item: CarryView; onChange: (officerId: string) => void }) {
  const t = useText();
  const onDuty = useDesk("roster.onDuty", {}).data?.shift?.people ?? [];
  const people = new Map([
    [item.officerId, item.officerName],
    ...onDuty.map(({ officerId, name }) => [officerId, name] as const),
  ]);
  return (
    <select
      className="input carry-who"
      value={value}
      aria-label={t("desk.carry.to")}
      onChange={(event) => onChange(event.target.value)}
    >
      {[...people].map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
