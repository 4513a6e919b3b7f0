import type { ReactNode } from "react";
import { DateField, LevelMark, useMinute } from "#renderer/parts/index.ts";
import { type Say, say, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { chosenLinkKinds, isChosen, linkKindNames } from "#shared/domain/duty-event/bond.ts";
import { boardNames, boards, type DutyEvent, levels } from "#shared/domain/duty-event/event.ts";
import type { EventAction, Field, FieldName } from "#shared/domain/duty-event/transitions.ts";
import { owesAnswer } from "#shared/domain/duty-event/urge.ts";
import { disputeSideNames, disputeSides } from "#shared/domain/duty-event/whistle.ts";
import { CategoryBox, CoHandlerBox, LeadBox } from "./AssessBoxes.tsx";
import { criteriaOf, type Entered } from "./action-fields.ts";
import { lacksPoints, type Problem } from "./action-problems.ts";
import { hintOf, isUrging, labelOf } from "./action-words.ts";
import { MeasuresField, ScoreField } from "./BondFields.tsx";
import { Choice } from "./Choice.tsx";
import { Combobox, type ComboOption } from "./Combobox.tsx";
import { EventPicker } from "./EventPicker.tsx";
import { Labelled } from "./Labelled.tsx";
import { partyOptions } from "./PartyChips.tsx";

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
        return (
          <OtherEventBox
            {...common}
            event={event}
            isLinked={props.action === "unlink"}
            value={entered.other}
            onChange={(other) => set("other", other)}
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
          <CategoryBox
            {...common}
            categories={tables.categories}
            value={entered.category}
            onChange={(category) => set("category", category)}
            placeholder={t("queue.find_by")}
          />
        );
      case "lead":
        return (
          <LeadBox
            {...common}
            parties={tables.parties.rows}
            lead={entered.lead}
            onChange={(lead) => set("lead", lead)}
            placeholder={t("queue.find_by")}
          />
        );
      case "coHandlers":
        return (
          <CoHandlerBox
            {...ids}
            parties={tables.parties.rows}
            lead={entered.lead}
            chosen={entered.coHandlers}
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
        const name = field.name;
        return (
          <Combobox
            {...common}
            free
            options={namesFor(field.name, props.action, event, tables, t)}
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
      hint={hintOf(props, event, tables, t, now)}
      wide={texts.includes(field.name)}
    >
      {control}
    </Labelled>
  );
}

/** Whom, or by which way: who has to do with the event stands first, anything else may be typed. */
function namesFor(
  name: "party" | "to" | "via",
  action: EventAction,
  event: DutyEvent,
  tables: Tables,
  t: Say,
): readonly ComboOption[] {
  if (name === "via")
    return ["phone", "radio", "system", "present"].map((way) => ({ key: way, name: t(`queue.via.${way}`) }));
  if (action === "answer_urge") return owesAnswer(event).map((one) => ({ key: one, name: one }));
  const handlers = [...(event.lead ? [event.lead] : []), ...event.coHandlers];
  if (name === "party") return partyOptions(handlers);
  const departments = tables.parties.rows.filter((party) => party.kind === "department");
  return partyOptions(isUrging(action) ? [...handlers, ...departments] : departments);
}

/** The other event of a link: of those linked already where one is undone, of all where one is made. */
function OtherEventBox(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly required: boolean;
  readonly event: DutyEvent;
  readonly isLinked: boolean;
  readonly value: Entered["other"];
  readonly onChange: (other: Entered["other"]) => void;
}) {
  const { event, isLinked, value, onChange, ...common } = props;
  if (!isLinked)
    return (
      <EventPicker
        {...common}
        value={value?.eventId ?? ""}
        without={[event.id]}
        category={event.category}
        openOnly={false}
        onPick={(row) => onChange({ eventId: row.id, number: row.number })}
      />
    );
  return (
    <Combobox
      {...common}
      options={event.links.filter(isChosen).map((link) => ({
        key: link.eventId,
        name: link.number,
        detail: say(linkKindNames[link.kind].there),
      }))}
      value={value?.eventId ?? ""}
      onChange={(eventId) => {
        const link = event.links.find((one) => one.eventId === eventId);
        onChange(link ? { eventId, number: link.number } : null);
      }}
    />
  );
}
