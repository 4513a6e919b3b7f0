import type { KeyboardEvent } from "react";
import { DateField } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Measures } from "#shared/domain/duty-event/review.ts";
import { type Points, totalOf } from "#shared/domain/duty-event/whistle.ts";
import { bothNames } from "#shared/lib/text.ts";
import { type Criterion, scoresBy } from "./action-fields.ts";

interface Ids {
  readonly id: string;
  readonly describedBy: string;
}

/** WH-5: a row of digits for each criterion of the table. Arrows move along it, a digit gives as many points. */
export function ScoreField(
  props: Ids & {
    readonly criteria: readonly Criterion[];
    readonly value: Points;
    readonly lacks: (criterion: Criterion) => boolean;
    /** It was tried without all of them. */
    readonly invalid: boolean;
    readonly onChange: (points: Points) => void;
  },
) {
  const t = useText();
  const { criteria, value, lacks, invalid, onChange } = props;
  const pointsOf = (code: string) => value.find((one) => one.code === code)?.points;
  const give = (code: string, points: number) =>
    onChange(scoresBy(criteria, [{ code, name: "", points, most: points }, ...value]));
  const lacking = criteria.filter(lacks);
  const total = totalOf(value);
  return (
    <div className="scores" id={props.id} aria-describedby={props.describedBy}>
      {criteria.map((criterion) => {
        const { code, about, most } = criterion;
        const name = say(bothNames(criterion));
        const isLacking = lacking.includes(criterion);
        return (
          <label key={code} className="score">
            <span className="score-name">{name}</span>
            <input
              className={`input score-points figures ${isLacking ? "is-lacking" : ""}`}
              aria-invalid={(invalid && isLacking) || undefined}
              inputMode="numeric"
              maxLength={3}
              aria-label={t("queue.score.of", { name, most })}
              value={pointsOf(code) ?? ""}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(change) => {
                const typed = change.target.value.replace(/\D/gu, "");
                if (typed) give(code, Number(typed));
                else onChange(value.filter((one) => one.code !== code));
              }}
            />
            <span className="soft figures">/{most}</span>
            <span className="soft score-about">{about}</span>
          </label>
        );
      })}
      {lacking.length === 0 && (
        <p className="soft figures" role="status">
          {t("queue.score.total", { given: total.given, most: total.most })}
        </p>
      )}
    </div>
  );
}

const blankMeasure = { text: "", who: "", dueOn: "" };

/** RV-1: measures, one a row; Enter in the last field begins the next. */
export function MeasuresField(
  props: Ids & {
    readonly value: Measures;
    /** It was tried with one that is not whole. */
    readonly invalid: boolean;
    readonly onChange: (measures: Measures) => void;
  },
) {
  const t = useText();
  const rows = props.value.length > 0 ? props.value : [blankMeasure];
  const set = (at: number, change: Partial<(typeof rows)[number]>) =>
    props.onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  /** A row that was begun is to be whole: there the hand goes to what it lacks. */
  const lacks = (at: number, name: keyof typeof blankMeasure) => {
    const row = rows[at] ?? blankMeasure;
    return row[name].trim() === "" && Object.values(row).some((words) => words.trim() !== "");
  };
  /** What every field of a row has, whatever is typed in it. */
  const shared = (at: number, name: keyof typeof blankMeasure) => ({
    className: `measure-${name} ${lacks(at, name) ? "is-lacking" : ""}`,
    "aria-invalid": (props.invalid && lacks(at, name)) || undefined,
    "aria-label": t(`queue.measure.${name}`),
    placeholder: t(`queue.measure.${name}`),
    value: rows[at]?.[name] ?? "",
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.ctrlKey) return;
      event.preventDefault();
      if (name === "dueOn" && at === rows.length - 1 && rows.length < 20) props.onChange([...rows, blankMeasure]);
    },
  });
  const words = (at: number, name: "text" | "who", max: number) => (
    <input
      {...shared(at, name)}
      {...(at === 0 && name === "text" ? { id: props.id } : {})}
      className={`input ${shared(at, name).className}`}
      type="text"
      maxLength={max}
      onChange={(change) => set(at, { [name]: change.target.value })}
    />
  );
  return (
    <div className="measures">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows stand where they stand
        <div key={at} className="measure">
          {words(at, "text", 300)}
          {words(at, "who", 60)}
          <DateField {...shared(at, "dueOn")} onDate={(dueOn) => set(at, { dueOn })} />
          <button
            type="button"
            className="chip-drop"
            disabled={rows.length === 1 && row === blankMeasure}
            aria-label={t("queue.measure.drop", { no: at + 1 })}
            onClick={() => props.onChange(rows.filter((_, index) => index !== at))}
          >
            ×
          </button>
        </div>
      ))}
      {rows.length < 20 && (
        <button type="button" className="button-link" onClick={() => props.onChange([...rows, blankMeasure])}>
          {t("queue.measure.add")}
        </button>
      )}
    </div>
  );
}
