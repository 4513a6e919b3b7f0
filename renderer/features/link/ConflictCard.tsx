import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote, useMinute } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { reasonText } from "#renderer/text/error-text.ts";
import { whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Conflict, ConflictField, OutboxItem } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { DropDialog } from "./DropDialog.tsx";

/** What the district refused, beside what stands there now: both values of each field, who and when, and three ways out. */
export function ConflictCard({ item }: { item: OutboxItem }) {
  const { data, error, again } = useDesk("link.conflict", { opId: item.opId });
  const conflict = data?.conflict;
  if (error) return <ErrorNote error={error} again={again} />;
  return conflict?.item.opId === item.opId ? <Card key={item.opId} conflict={conflict} /> : null;
}

function Card({ conflict }: { conflict: Conflict }) {
  const t = useText();
  const now = useMinute();
  const { selectEvent, goTo } = usePage();
  const { act, busy } = useAct("link.settle");
  const { item, fields, theirs, blocked } = conflict;
  const [editing, setEditing] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [keep, setKeep] = useState<readonly string[]>(() =>
    fields.filter(({ choice }) => choice).map(({ name }) => name),
  );
  const mine: Readonly<Record<string, string>> = Object.fromEntries(
    fields.flatMap((field) => (field.words ? [[field.name, say(field.mine)]] : [])),
  );
  const { typed, type, drop: forget } = useTyped(`conflict:${item.opId}`, mine);
  const [refusal, setRefusal] = useState<DeskError>();
  const canEdit = fields.some(({ choice, words: text }) => choice || text);

  const settle = async (how: "again" | "edit" | "drop") => {
    setRefusal(undefined);
    const edited =
      how === "edit"
        ? {
            keep: [...keep],
            words: Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== mine[name])),
          }
        : {};
    const outcome = await act({ opId: item.opId, how, ...edited });
    if (!outcome.ok) return setRefusal(outcome.error);
    forget();
    await askAgain("link.outbox", "link.status", "desk.now");
  };
  return (
    <section className="conflict" aria-label={t("link.conflict")}>
      <p className="conflict-head">
        <strong>{t("link.conflict")}</strong>{" "}
        {item.refusal && <span>{reasonText(item.refusal.errorId, item.refusal.params)}</span>}
      </p>
      <p className="soft">
        {t("link.conflict.mine", { at: whenText(item.at, now), officer: conflict.officerName })}
        {say(item.text)}
      </p>
      {fields.length > 0 && (
        <table className="conflict-table">
          <thead>
            <tr>
              <th scope="col">{t("link.conflict.field")}</th>
              <th scope="col">{t("link.conflict.col.mine")}</th>
              <th scope="col">{t("link.conflict.col.present")}</th>
              <th scope="col">{t("link.conflict.col.who")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <Row
                key={field.name}
                field={field}
                now={now}
                editing={editing}
                kept={keep.includes(field.name)}
                words={typed[field.name]}
                onKeep={(mine) =>
                  setKeep((before) => (mine ? [...before, field.name] : before.filter((name) => name !== field.name)))
                }
                onWords={(text) => type({ [field.name]: text })}
              />
            ))}
          </tbody>
        </table>
      )}
      {theirs.length > 0 && (
        <details className="conflict-theirs">
          <summary>{t("link.conflict.meanwhile", { count: theirs.length })}</summary>
          <ol>
            {theirs.map((line) => (
              <li key={line.id}>
                <span className="figures soft">{whenText(line.at, now)}</span> {line.officerName} {say(line.text)}
              </li>
            ))}
          </ol>
        </details>
      )}
      {blocked && (
        <p className="is-news">{t("link.conflict.blocked", { reason: reasonText(blocked.errorId, blocked.params) })}</p>
      )}
      {refusal && <ErrorNote error={refusal} />}
      <div className="outbox-actions">
        {editing ? (
          <>
            <Button
              tone="next"
              hotkey={confirmKey}
              keyLabel={t("link.edit.save")}
              disabled={busy}
              onPress={() => settle("edit")}
            >
              {t("link.edit.save")}
            </Button>
            <Button onPress={() => setEditing(false)}>{t("parts.cancel")}</Button>
          </>
        ) : (
          <>
            <Button
              tone={blocked ? "plain" : "next"}
              hotkey={hotkeys.conflict.again}
              keyLabel={t("link.again")}
              disabled={busy || blocked !== null}
              onPress={() => settle("again")}
            >
              {t("link.again")}
            </Button>
            <Button
              tone={blocked ? "next" : "plain"}
              hotkey={hotkeys.conflict.drop}
              keyLabel={t("link.drop")}
              disabled={busy}
              onPress={() => setDropping(true)}
            >
              {t("link.drop")}
            </Button>
            {canEdit && !blocked && (
              <Button
                hotkey={hotkeys.conflict.edit}
                keyLabel={t("link.edit")}
                disabled={busy}
                onPress={() => setEditing(true)}
              >
                {t("link.edit")}
              </Button>
            )}
          </>
        )}
        {item.eventId !== null && (
          <Button
            onPress={() => {
              selectEvent(item.eventId);
              goTo("queue", { eventId: item.eventId ?? "" });
            }}
          >
            {t("link.open_event")}
          </Button>
        )}
      </div>
      {dropping && (
        <DropDialog what={say(item.text)} onDrop={() => void settle("drop")} onClose={() => setDropping(false)} />
      )}
    </section>
  );
}

function Row(props: {
  readonly field: ConflictField;
  readonly now: number;
  readonly editing: boolean;
  readonly kept: boolean;
  readonly words: string | undefined;
  readonly onKeep: (mine: boolean) => void;
  readonly onWords: (text: string) => void;
}) {
  const t = useText();
  const { field, now, editing, kept } = props;
  const name = t(`link.field.${field.name}`);
  const choosing = editing && field.choice;
  const choice = (mine: boolean) => {
    const value = say(mine ? field.mine : field.present);
    if (!choosing) return value;
    return (
      <label className="conflict-choice">
        <input
          type="radio"
          name={`conflict-${field.name}`}
          checked={kept === mine}
          onChange={() => props.onKeep(mine)}
        />
        {value}
      </label>
    );
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={choosing && kept ? "is-kept" : undefined}>
        {editing && field.words ? (
          <textarea
            className="input"
            aria-label={name}
            rows={2}
            maxLength={500}
            value={props.words ?? say(field.mine)}
            onChange={(event) => props.onWords(event.target.value)}
          />
        ) : (
          choice(true)
        )}
      </td>
      <td className={choosing && !kept ? "is-kept" : undefined}>{choice(false)}</td>
      <td className="soft">
        {field.by} {field.at !== null && <span className="figures">{whenText(field.at, now)}</span>}
      </td>
    </tr>
  );
}
