import { useEffect, useMemo, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { focusHere, useHandOn } from "#renderer/parts/focus-here.ts";
import { Button, ErrorNote, FileButton } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OutputOf, SheetQuestion } from "#shared/contract.ts";
import { type Grade, gradeNames, grades } from "#shared/domain/officer/officer.ts";
import type { DeskError } from "#shared/errors.ts";
import { mostKilobytes, readSheetFile, type SheetFile } from "./importing.ts";
import { SubPlace } from "./SubPlace.tsx";

type Reading = OutputOf<"sheet.readStaff">;
type Taken = OutputOf<"sheet.takeStaff">;

/** A staff list from a spreadsheet: what each cell was taken for, what has to be asked, who is new, who changes. */
export function ImportStaff({ onLeave }: { onLeave: (words: string) => void }) {
  const t = useText();
  const [file, setFile] = useState<SheetFile>();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [seen, setSeen] = useState<Reading>();
  const [error, setError] = useState<DeskError>();
  const [taken, setTaken] = useState<Taken>();
  const body = useRef<HTMLDivElement>(null);
  const { act: read, busy: reading } = useAct("sheet.readStaff");
  const { act: take, busy: taking } = useAct("sheet.takeStaff");

  useEffect(() => {
    if (!file) return;
    let gone = false;
    void read({ ...file, answers }).then((outcome) => {
      if (gone) return;
      setError(outcome.ok ? undefined : outcome.error);
      setSeen(outcome.ok ? outcome.value : undefined);
    });
    return () => {
      gone = true;
    };
  }, [file, answers, read]);

  const open = async (chosen: File) => {
    const sheet = await readSheetFile(chosen);
    if (!sheet.ok) return setError(sheet.error);
    setError(undefined);
    setSeen(undefined);
    setAnswers({});
    setFile(sheet.value);
  };
  const counts = useMemo(() => {
    const of = (change: string) => seen?.people.filter((one) => one.change === change).length ?? 0;
    return { added: of("new"), changed: of("changed"), same: of("same") };
  }, [seen]);
  const ready =
    file !== undefined &&
    seen !== undefined &&
    seen.questions.length === 0 &&
    !reading &&
    !taking &&
    counts.added + counts.changed > 0;
  useHandOn(
    `${reading} ${ready} ${seen?.questions.length}`,
    () => body.current?.querySelector<HTMLElement>(".sheet-questions select") ?? takeButton(body.current),
  );

  async function enter(): Promise<void> {
    if (!file || !ready) return;
    const outcome = await take({ ...file, answers });
    if (!outcome.ok) return setError(outcome.error);
    if (outcome.value.added.length === 0)
      return onLeave(t("staff.import.done", { added: 0, updated: outcome.value.updated }));
    setTaken(outcome.value);
  }

  if (taken) return <FirstPins taken={taken} onLeave={onLeave} />;
  return (
    <SubPlace
      title={t("staff.import")}
      onLeave={() => onLeave("")}
      said={reading ? t("roster.sheet.reading") : file?.fileName}
      tools={
        <>
          <FileButton next={!file} input={focusHere} accept=".xlsx,.csv,.txt" onFile={(chosen) => void open(chosen)}>
            {t(file ? "roster.sheet.other_file" : "roster.sheet.file")}
          </FileButton>
          <Button tone="next" hotkey={confirmKey} disabled={!ready} onPress={() => void enter()}>
            {t("staff.import.take")}
          </Button>
        </>
      }
    >
      {error && <ErrorNote error={error} />}
      {!seen ? (
        <div className="import-begin">
          <p className="import-lead">{t("staff.import.begin")}</p>
          <p>{t("roster.sheet.limits", { most: mostKilobytes })}</p>
          <p>{t("staff.import.nothing_yet")}</p>
        </div>
      ) : (
        <div className="roster-body" ref={body}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section className="roster-table-frame" tabIndex={0} aria-label={t("staff.import.people")}>
            <StaffTable reading={seen} />
          </section>
          <aside className="roster-side is-import">
            <section className="sheet-questions" aria-labelledby="staff-questions">
              <header className="roster-side-head">
                <h2 id="staff-questions">
                  {seen.questions.length > 0
                    ? t("roster.sheet.questions", { open: seen.questions.length })
                    : t("staff.import.sum", counts)}
                </h2>
              </header>
              <ul className="sheet-question-list">
                {seen.questions.map((question) => (
                  <StaffQuestion
                    key={question.id}
                    question={question}
                    onTake={(choice) => setAnswers({ ...answers, [question.id]: choice })}
                  />
                ))}
                {seen.problems.map((problem) => (
                  <li key={`${problem.code}/${problem.cell}`} className="import-problem">
                    {t(`staff.problem.${problem.code}`, { cell: problem.cell, text: problem.text })}
                  </li>
                ))}
                {seen.recalled.map(({ question, answer }) => (
                  <li key={question.id} className="sheet-question">
                    <p className="sheet-answered">
                      {question.text} <strong>{choiceText(question, answer, t)}</strong>{" "}
                      <small>{t("roster.sheet.recalled")}</small>
                    </p>
                    <StaffQuestion
                      question={{ ...question, proposal: answer }}
                      onTake={(choice) => setAnswers({ ...answers, [question.id]: choice })}
                    />
                  </li>
                ))}
              </ul>
            </section>
          </aside>
        </div>
      )}
    </SubPlace>
  );
}

const takeButton = (body: HTMLElement | null) =>
  body?.parentElement?.querySelector<HTMLElement>(".roster-head button.button-next");

type Say = ReturnType<typeof useText>;

const isGrade = (choice: string): choice is Grade => (grades as readonly string[]).includes(choice);
const choiceText = (question: SheetQuestion, choice: string, t: Say): string =>
  question.kind === "grade" && isGrade(choice) ? say(gradeNames[choice]) : t(`staff.pool.${choice}`);

/** A title that says no right by itself, or a list that does not say who is full-time: chosen once, remembered. */
function StaffQuestion({ question, onTake }: { question: SheetQuestion; onTake: (choice: string) => void }) {
  const t = useText();
  const [chosen, setChosen] = useState(question.proposal ?? question.choices[0] ?? "");
  const label =
    question.text === "*"
      ? t(`staff.ask.all.${question.kind}`)
      : t(`staff.ask.${question.kind}`, { text: question.text, cell: question.cells[0] ?? "" });
  return (
    <div className="sheet-question is-open">
      <p className="sheet-asks">{label}</p>
      <div className="sheet-choose">
        <select
          className="input"
          aria-label={label}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.ctrlKey) onTake(chosen);
          }}
        >
          {question.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice === question.proposal
                ? t("roster.sheet.proposal", { choice: choiceText(question, choice, t) })
                : choiceText(question, choice, t)}
            </option>
          ))}
        </select>
        <button type="button" className="button" onClick={() => onTake(chosen)}>
          {t("roster.sheet.confirm")}
        </button>
      </div>
    </div>
  );
}

/** Each person as read, and each cell that was not taken for anything. */
function StaffTable({ reading }: { reading: Reading }) {
  const t = useText();
  const unread = reading.sheets.flatMap(({ cells }) => cells.filter(({ as }) => as === "unknown"));
  return (
    <>
      <table className="roster-table">
        <thead>
          <tr>
            <th scope="col">{t("staff.import.cell")}</th>
            <th scope="col">{t("staff.name")}</th>
            <th scope="col">{t("staff.grade")}</th>
            <th scope="col">{t("staff.pool")}</th>
            <th scope="col">{t("staff.phone")}</th>
            <th scope="col">{t("staff.post")}</th>
            <th scope="col">{t("staff.import.change")}</th>
          </tr>
        </thead>
        <tbody>
          {reading.people.map((person) => (
            <tr key={`${person.cell}/${person.name}`} className={person.change === "same" ? "staff-row-off" : ""}>
              <td className="figures">{person.cell}</td>
              <th scope="row">{person.name}</th>
              <td>{say(gradeNames[person.grade])}</td>
              <td>{t(`staff.pool.${person.pool}`)}</td>
              <td className="figures">{person.phone}</td>
              <td>{person.post}</td>
              <td>{t(`staff.change.${person.change}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unread.length > 0 && (
        <p className="roster-hint">
          {t("staff.import.unread", {
            cells: unread.map(({ cell, text }) => `${cell} ${text}`).join(t("roster.list_mark")),
          })}
        </p>
      )}
    </>
  );
}

/** First PINs are shown once, to be handed over and changed by their owners; the desk keeps none of them. */
function FirstPins({ taken, onLeave }: { taken: Taken; onLeave: (words: string) => void }) {
  const t = useText();
  return (
    <SubPlace
      title={t("staff.pins")}
      onLeave={() => onLeave(t("staff.import.done", { added: taken.added.length, updated: taken.updated }))}
    >
      <p className="import-hint">{t("staff.pins.about")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="roster-table-frame" tabIndex={0} aria-label={t("staff.pins")}>
        <table className="roster-table staff-pins">
          <thead>
            <tr>
              <th scope="col">{t("staff.name")}</th>
              <th scope="col">{t("staff.pin")}</th>
            </tr>
          </thead>
          <tbody>
            {taken.added.map(({ name, pin }) => (
              <tr key={`${name}/${pin}`}>
                <th scope="row">{name}</th>
                <td className="figures">{pin}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </SubPlace>
  );
}
