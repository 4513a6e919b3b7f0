import { useState } from "react";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { OfficerView, SheetQuestion } from "#shared/contract.ts";
import { answer, useImporting } from "./importing.ts";
import { OfficerAnswer } from "./OfficerAnswer.tsx";
import { choicesOf, choiceText, sameChoice, type Wording } from "./sheet-words.ts";

interface Props {
  /** Questions without an answer. */
  readonly open: readonly SheetQuestion[];
  readonly officers: readonly OfficerView[];
  readonly words: Wording;
  readonly onLook: (cells: readonly string[]) => void;
  /** After an answer: the hand goes to the next question. */
  readonly onAnswered: () => void;
}

/** What the sheet does not say: the open questions first, then what was answered, each to be changed. */
export function SheetQuestions({ open, officers, words, onLook, onAnswered }: Props) {
  const t = useText();
  const { answers, met } = useImporting();
  const [changing, setChanging] = useState<string>();
  const isOpen = (id: string) => open.some((question) => question.id === id) && answers[id] === undefined;
  const settled = met.flatMap((one) => {
    const words_ = answers[one.question.id] ?? one.recalled;
    return words_ === undefined || isOpen(one.question.id) ? [] : [{ ...one, answer: words_ }];
  });
  const waiting = open.filter(({ id }) => isOpen(id));
  const proposed = waiting.filter(({ proposal }) => proposal !== null);

  const take = (id: string, choice: string) => {
    answer(id, choice);
    setChanging(undefined);
    onAnswered();
  };
  const takeAll = () => {
    for (const { id, proposal } of proposed) answer(id, proposal);
    onAnswered();
  };
  const control = (question: SheetQuestion) => (
    <Control question={question} officers={officers} words={words} onLook={onLook} onTake={take} />
  );

  return (
    <section className="sheet-questions" aria-labelledby="sheet-questions-title">
      <header className="roster-side-head">
        <h2 id="sheet-questions-title">
          {waiting.length > 0 ? t("roster.sheet.questions", { open: waiting.length }) : t("roster.sheet.no_questions")}
        </h2>
        {proposed.length > 0 && (
          <Button onPress={takeAll} hotkey={hotkeys.sheet.takeAll} keyLabel={t("roster.sheet.take_all")}>
            {t("roster.sheet.take_all")}
          </Button>
        )}
      </header>
      <ul className="sheet-question-list">
        {waiting.map((question) => (
          <li key={question.id} className="sheet-question is-open" data-question={question.id}>
            <p className="sheet-asks">{asks(question, words)}</p>
            {control(question)}
          </li>
        ))}
        {settled.map(({ question, answer: given, recalled }) => (
          <li key={question.id} className="sheet-question" data-question={question.id}>
            {changing === question.id ? (
              <>
                <p className="sheet-asks">{asks(question, words)}</p>
                {control(question)}
              </>
            ) : (
              <p className="sheet-answered">
                <span>
                  {question.kind === "month" || question.kind === "placing" ? "" : question.text}
                  <strong> {choiceText(question.kind, given, words)}</strong>
                  {recalled === given && answers[question.id] === undefined && (
                    <small>{t("roster.sheet.recalled")}</small>
                  )}
                </span>
                <button type="button" className="button button-link" onClick={() => setChanging(question.id)}>
                  {t("roster.sheet.change")}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function asks({ kind, text, cells, sheet }: SheetQuestion, { t }: Wording): string {
  const where =
    kind === "month" || kind === "placing"
      ? ""
      : cells.length > 1
        ? t(cells.length < 20 ? "roster.sheet.where_many" : "roster.sheet.where_most", {
            cell: cells[0] ?? "",
            places: cells.length,
          })
        : (cells[0] ?? "");
  return t(`roster.sheet.ask.${kind}`, { text, sheet, where });
}

interface ControlProps extends Pick<Props, "officers" | "words" | "onLook"> {
  readonly question: SheetQuestion;
  readonly onTake: (id: string, choice: string) => void;
}

function Control({ question, officers, words, onLook, onTake }: ControlProps) {
  const label = asks(question, words);
  const look = () => onLook(question.cells);
  if (question.kind === "name")
    return (
      <OfficerAnswer
        label={label}
        officers={officers}
        near={question.choices}
        onFocus={look}
        onTake={(choice) => onTake(question.id, choice)}
      />
    );
  return <ChoiceAnswer label={label} question={question} words={words} onFocus={look} onTake={onTake} />;
}

interface ChoiceProps extends Pick<ControlProps, "question" | "words" | "onTake"> {
  readonly label: string;
  readonly onFocus: () => void;
}

/** The suggestion stands in the box already, but is taken only by Enter or the button: arrows alone answer nothing. */
function ChoiceAnswer({ label, question, words, onFocus, onTake }: ChoiceProps) {
  const t = useText();
  const choices = choicesOf(question, words.rules);
  const suggested = choices.find((choice) => sameChoice(choice, question.proposal)) ?? "";
  const [chosen, setChosen] = useState(suggested);
  const take = () => chosen !== "" && onTake(question.id, chosen);
  return (
    <div className="sheet-choose">
      <select
        className="input"
        aria-label={label}
        value={chosen}
        onFocus={onFocus}
        onChange={(event) => setChosen(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey) return;
          event.preventDefault();
          take();
        }}
      >
        {suggested === "" && <option value="">{t("roster.sheet.choose")}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === suggested
              ? t("roster.sheet.proposal", { choice: choiceText(question.kind, choice, words) })
              : choiceText(question.kind, choice, words)}
          </option>
        ))}
      </select>
      <button type="button" className="button" disabled={chosen === ""} onClick={take}>
        {t("roster.sheet.confirm")}
      </button>
    </div>
  );
}
