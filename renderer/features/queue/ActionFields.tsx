import type { ReactNode } from "react";
import { DateField, LevelMark, useMinute } from "#renderer/parts/index.ts";
import { dateText, durationText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { chosenLinkKinds, isChosen, linkKindNames } from "#shared/domain/duty-event/bond.ts";
import { boardNames, boards, type DutyEvent, levels } from "#shared/domain/duty-event/event.ts";
import type { EventAction, Field, FieldName } from "#shared/domain/duty-event/transitions.ts";
import { owesAnswer } from "#shared/domain/duty-event/urge.ts";
import { disputeSideNames, disputeSides } from "#shared/domain/duty-event/whistle.ts";
import { readLength } from "#shared/lib/length.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { criteriaOf, type Entered, linesOf } from "./action-fields.ts";
import { lacksPoints, type Problem } from "./action-problems.ts";
import { MeasuresField, ScoreField } from "./BondFields.tsx";
import { Choice } from "./Choice.tsx";
import { Combobox } from "./Combobox.tsx";
import { EventPicker } from "./EventPicker.tsx";
import { secretCategory } from "./intake-form.ts";
import { Labelled } from "./Labelled.tsx";
import { PartyChips, partyKey, partyOptions } from "./PartyChips.tsx";

export interface ActionFieldProps {
  readonly action: EventAction;
  readonly field: Field;
  readonly entered: Entered;
  readonly set: (name: FieldName, value: Entered[FieldName]) => void;
  readonly problem: Problem | undefined;
  readonly event: DutyEvent;
  readonly tables: Tables;
}

/** Fields that take the whole width. */
const texts: readonly FieldName[] = [
  "note",
  "text",
  "result",
  "reason",
  "scores",
  "other",
  "parts",
  "happened",
  "well",
  "change",
  "measures",
];
/** Words on one line. */
const lines: readonly FieldName[] = ["toldBy", "people", "border", "oneOff", "upkeep", "agreedBy"];

/** What is chosen, not written. */
const chosen: readonly FieldName[] = [
  "board",
  "level",
  "whistleKind",
  "side",
  "linkKind",
  "other",
  "category",
  "lead",
  "coHandlers",
];

/** The control of one field of an action: its name says which. */
export function ActionField(props: ActionFieldProps) {
  const t = useText();
  const now = useMinute();
  const { field, entered, set, event, tables } = props;
  const label = t(labelOf(props.action, field.name));
  const lacks = props.problem === "required" && chosen.includes(field.name) ? "choose" : props.problem;
  const problem = lacks && t(`queue.problem.${lacks}`, { field: label, max: field.max ?? 200 });
  const control = (ids: { id: string; describedBy: string }) => {
    const common = { ...ids, invalid: Boolean(problem), required: field.required };
    const choice = <N extends "board" | "level" | "whistleKind" | "side" | "linkKind">(
      name: N,
      values: readonly Exclude<Entered[N], "">[],
      shown: (value: Exclude<Entered[N], "">) => ReactNode,
    ) => (
      <Choice
        {...common}
        name={ids.id}
        label={label}
        digits
        options={values.map((value) => ({ value, label: shown(value) }))}
        value={entered[name]}
        onChange={(value) => set(name, value)}
      />
    );
    switch (field.name) {
      case "board":
        return choice("board", boards, (board) => say(boardNames[board]));
      case "level":
        return choice("level", levels, (level) => <LevelMark level={level} />);
      case "whistleKind":
        return choice(
          "whistleKind",
          tables.whistle.kinds.map(({ code }) => code),
          (code) => tables.whistle.kinds.find((kind) => kind.code === code)?.name,
        );
      case "side":
        return choice("side", disputeSides, (side) => say(disputeSideNames[side]));
      case "linkKind":
        return choice("linkKind", chosenLinkKinds, (kind) => say(linkKindNames[kind].there));
      case "scores":
        return (
          <ScoreField
            {...ids}
            criteria={criteriaOf(tables)}
            value={entered.scores}
            lacks={(one) => lacksPoints(entered, one)}
            invalid={Boolean(problem)}
            onChange={(points) => set("scores", points)}
          />
        );
      case "measures":
        return (
          <MeasuresField
            {...ids}
            value={entered.measures}
            invalid={Boolean(problem)}
            onChange={(rows) => set("measures", rows)}
          />
        );
      case "other":
        if (props.action === "unlink")
          return (
            <Combobox
              {...common}
              options={event.links.filter(isChosen).map((link) => ({
                key: link.eventId,
                name: link.number,
                detail: say(linkKindNames[link.kind].there),
              }))}
              value={entered.other?.eventId ?? ""}
              onChange={(eventId) => {
                const link = event.links.find((one) => one.eventId === eventId);
                set("other", link ? { eventId, number: link.number } : null);
              }}
            />
          );
        return (
          <EventPicker
            {...common}
            value={entered.other?.eventId ?? ""}
            without={[event.id]}
            category={event.category}
            openOnly={false}
            onPick={(row) => set("other", { eventId: row.id, number: row.number })}
          />
        );
      case "agreedOn":
        return (
          <DateField
            id={ids.id}
            value={entered.agreedOn}
            aria-invalid={Boolean(problem) || undefined}
            aria-describedby={ids.describedBy}
            onDate={(date) => set("agreedOn", date)}
          />
        );
      case "into":
      case "whistleKindName":
      case "confidential":
        return null;
      case "category":
        return (
          <Combobox
            {...common}
            options={tables.categories.rows.map((row) => ({
              key: row.code,
              name: sayName(row),
              detail: say(boardNames[row.board]),
              words: [row.name, ...row.keywords],
            }))}
            value={entered.category}
            onChange={(category) => set("category", category)}
            placeholder={t("queue.find_by")}
          />
        );
      case "lead": {
        const own = entered.lead ? [entered.lead] : [];
        const parties = [
          ...tables.parties.rows,
          ...own.filter((one) => !tables.parties.rows.some((row) => partyKey(row) === partyKey(one))),
        ];
        return (
          <Combobox
            {...common}
            options={partyOptions(parties)}
            value={entered.lead ? partyKey(entered.lead) : ""}
            onChange={(key) => set("lead", parties.find((party) => partyKey(party) === key) ?? null)}
            placeholder={t("queue.find_by")}
          />
        );
      }
      case "coHandlers":
        return (
          <PartyChips
            {...common}
            chosen={entered.coHandlers}
            parties={tables.parties.rows.filter((party) => !entered.lead || partyKey(party) !== partyKey(entered.lead))}
            onChange={(parties) => set("coHandlers", parties)}
          />
        );
      case "limitMin":
        return (
          <span className="ask-unit">
            <input
              className="input ask-minutes"
              id={ids.id}
              inputMode="numeric"
              value={entered.limitMin}
              aria-invalid={Boolean(problem) || undefined}
              aria-describedby={ids.describedBy}
              onChange={(change) => set("limitMin", change.target.value)}
            />
            <span>{t("queue.minutes")}</span>
          </span>
        );
      case "pauseMin":
      case "moreMin": {
        const name = field.name;
        return (
          <input
            className="input ask-length"
            id={ids.id}
            value={entered[name]}
            placeholder={t("queue.length_like")}
            aria-invalid={Boolean(problem) || undefined}
            aria-required={field.required || undefined}
            aria-describedby={ids.describedBy}
            onChange={(change) => set(name, change.target.value)}
          />
        );
      }
      case "party":
      case "to":
      case "via": {
        const handlers = [...(event.lead ? [event.lead] : []), ...event.coHandlers];
        const departments = tables.parties.rows.filter((party) => party.kind === "department");
        const options =
          field.name === "via"
            ? ["phone", "radio", "system", "present"].map((way) => ({ key: way, name: t(`queue.via.${way}`) }))
            : props.action === "answer_urge"
              ? owesAnswer(event).map((name) => ({ key: name, name }))
              : partyOptions(
                  field.name === "to"
                    ? isUrging(props.action)
                      ? [...handlers, ...departments]
                      : departments
                    : handlers,
                );
        const name = field.name;
        return (
          <Combobox
            {...common}
            free
            options={options}
            value={entered[name]}
            maxLength={field.max ?? 200}
            onChange={(value) => set(name, value)}
          />
        );
      }
      default: {
        const name = field.name;
        if (lines.includes(name))
          return (
            <input
              className="input"
              id={ids.id}
              value={entered[name]}
              maxLength={field.max ?? 200}
              aria-invalid={Boolean(problem) || undefined}
              aria-required={field.required || undefined}
              aria-describedby={ids.describedBy}
              onChange={(change) => set(name, change.target.value)}
            />
          );
        return (
          <textarea
            className="input"
            id={ids.id}
            rows={name === "parts" ? 5 : field.required ? 3 : 2}
            value={entered[name]}
            aria-invalid={Boolean(problem) || undefined}
            aria-required={field.required || undefined}
            aria-describedby={ids.describedBy}
            onChange={(change) => set(name, change.target.value)}
          />
        );
      }
    }
  };
  return (
    <Labelled
      label={label}
      required={field.required}
      problem={problem}
      hint={hintOf(props, t, now)}
      wide={texts.includes(field.name)}
    >
      {control}
    </Labelled>
  );
}

const isUrging = (action: EventAction): boolean => action === "urge" || action === "supervise";

/** Some fields mean something of their own in one action. */
function labelOf(
  action: EventAction,
  name: FieldName,
): `queue.field.${FieldName | "urged" | "urged_via" | "answered" | "routed" | "words"}` {
  if (name === "to" && isUrging(action)) return "queue.field.urged";
  if (name === "via" && isUrging(action)) return "queue.field.urged_via";
  if (name === "to" && action === "answer_urge") return "queue.field.answered";
  if (name === "to" && (action === "route" || action === "decide")) return "queue.field.routed";
  if (name === "text" && (isUrging(action) || action === "answer_urge")) return "queue.field.words";
  return `queue.field.${name}`;
}

function hintOf(
  { action, field, entered, event, tables }: ActionFieldProps,
  t: ReturnType<typeof useText>,
  now: number,
): ReactNode {
  if (field.name === "limitMin") {
    const minutes = Number(entered.limitMin);
    if (!entered.limitMin || !Number.isInteger(minutes) || minutes <= 0) return t("queue.limit.none");
    return t("queue.limit.means", {
      length: durationText(minutes * minuteMs),
      at: dateText(event.reportedAt + minutes * minuteMs),
    });
  }
  if (field.name === "pauseMin" || field.name === "moreMin") {
    const minutes = readLength(entered[field.name]);
    if (!(minutes > 0)) return t(`queue.hold.${field.name}`);
    const length = durationText(minutes * minuteMs);
    return field.name === "pauseMin"
      ? t("queue.hold.until", { length, at: dateText(now + minutes * minuteMs) })
      : t("queue.hold.more", { length });
  }
  if (action === "seal") return t("queue.seal.for_good");
  if (field.name === "category" && !event.confidential)
    return secretCategory(tables.categories.rows, entered.category) && t("queue.assess.secret");
  if (field.name === "parts") {
    const count = linesOf(entered.parts).length;
    return count === 0 ? t("queue.parts.how") : t("queue.parts.count", { count });
  }
  const value = entered[field.name];
  const max = field.max ?? 200;
  if (typeof value === "string" && value.length > max * 0.8) return t("queue.length", { now: value.length, max });
  return null;
}
