import { Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { sourceNames, sources } from "#shared/domain/duty-event/event.ts";
import { wholeTemplate } from "#shared/domain/table/use.ts";
import { Combobox } from "./Combobox.tsx";
import { type Intake, type IntakeProblem, textMax, withPlace, withTemplate } from "./intake-form.ts";
import { Labelled } from "./Labelled.tsx";
import { PlaceField } from "./PlaceField.tsx";
import {
  CategoryField,
  GridField,
  LevelField,
  PartyFields,
  type ProposedProps,
  SecrecyField,
} from "./ProposedFields.tsx";

interface IntakeFieldsProps extends ProposedProps {
  readonly problem: IntakeProblem;
  readonly pickOnMap: () => void;
}

/** The words come first: when the dialog opens (it obeys `autofocus`) and when the form comes back for another event. */
const takeFocus = (area: HTMLTextAreaElement | null): void => {
  area?.setAttribute("autofocus", "");
  area?.focus();
};

/** The fields of a new event in the order in which a caller tells them. */
export function IntakeFields({ intake, change, tables, thought, problem, pickOnMap }: IntakeFieldsProps) {
  const t = useText();
  const part = { intake, change, tables, thought };
  const nextSource = () =>
    change({ source: sources[(sources.indexOf(intake.source) + 1) % sources.length] ?? intake.source });
  useHotkey(hotkeys.intake.source, nextSource);
  return (
    <>
      <Labelled
        wide
        required
        label={t("intake.text")}
        problem={problem ? t(`queue.problem.${problem.problem}`, { field: t("intake.text"), max: textMax }) : undefined}
      >
        {({ id, describedBy }) => (
          <textarea
            ref={takeFocus}
            id={id}
            className="input intake-text"
            rows={4}
            value={intake.text}
            placeholder={t("intake.text.hint")}
            aria-required
            aria-invalid={problem !== null || undefined}
            aria-describedby={describedBy}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Labelled>
      <LevelField {...part} />
      <CategoryField {...part} />
      <Labelled label={t("queue.fact.place")}>
        {({ id, describedBy }) => (
          <span className="ask-pair">
            <PlaceField
              id={id}
              describedBy={describedBy}
              value={intake.placeText}
              onType={(placeText) => change({ placeText })}
              onTake={(place) => change(withPlace(intake, place))}
            />
            <button type="button" className="button" aria-keyshortcuts="Alt+m" onClick={pickOnMap}>
              {t(intake.point ? "intake.pick_again" : "intake.pick")} <Key name="Alt+M" />
            </button>
          </span>
        )}
      </Labelled>
      <GridField {...part} />
      <Labelled label={t("queue.fact.caller")}>
        {({ id }) => (
          <span className="ask-pair">
            <input
              id={id}
              className="input"
              maxLength={40}
              value={intake.callerName}
              placeholder={t("intake.name")}
              onChange={(event) => change({ callerName: event.target.value })}
            />
            <input
              className="input"
              type="tel"
              inputMode="tel"
              maxLength={30}
              aria-label={t("intake.phone")}
              value={intake.callerPhone}
              placeholder={t("intake.phone")}
              onChange={(event) => change({ callerPhone: event.target.value })}
            />
          </span>
        )}
      </Labelled>
      <Labelled label={t("queue.fact.source")}>
        {({ id }) => (
          <span className="ask-pair">
            <select
              id={id}
              className="input"
              value={intake.source}
              onChange={(event) => change({ source: event.target.value as Intake["source"] })}
            >
              {sources.map((source) => (
                <option key={source} value={source}>
                  {say(sourceNames[source])}
                </option>
              ))}
            </select>
            <button type="button" className="button" aria-keyshortcuts="Alt+s" onClick={nextSource}>
              {t("intake.source.next")} <Key name="Alt+S" />
            </button>
          </span>
        )}
      </Labelled>
      <PartyFields {...part} />
      <Labelled label={t("intake.template")}>
        {(ids) => (
          <Combobox
            {...ids}
            options={(tables?.templates.rows ?? []).map(({ code, name, title }) => ({
              key: code,
              name,
              detail: title,
            }))}
            value=""
            placeholder={t("intake.template.hint")}
            onChange={(code) => {
              const template = wholeTemplate(tables?.templates.rows ?? [], code);
              if (template) change(withTemplate(intake, template));
            }}
          />
        )}
      </Labelled>
      <Labelled label={t("intake.headline")}>
        {({ id }) => (
          <input
            id={id}
            className="input"
            maxLength={80}
            value={intake.title}
            placeholder={t("intake.headline.hint")}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Labelled>
      <SecrecyField {...part} />
    </>
  );
}
