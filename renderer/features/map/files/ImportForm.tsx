import { useId } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { countText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import {
  type ImportChoices,
  type ImportField,
  type ImportPreview,
  type ImportState,
  importFields,
  importProblemNames,
} from "#shared/contract.ts";
import { coordinateSystems } from "#shared/domain/asset/coordinates.ts";
import { LeftRows } from "./LeftRows.tsx";

interface Props {
  readonly state: ImportState;
  readonly preview: ImportPreview;
  readonly onChange: (choices: Partial<ImportChoices>) => void;
}

/** What the file was taken for, and what an officer may say otherwise. Each change reads it again. */
export function ImportForm({ state, preview, onChange }: Props) {
  const t = useText();
  const tables = useDesk("system.tables", {});
  const kinds = tables.data?.assetKinds.rows ?? [];
  const { choices, system, systemBy, warning } = preview;
  const kindOptions = [
    ["", t("files.import.kind.none")] as const,
    ...kinds.map(({ code, name }) => [code, say(name)] as const),
  ];
  return (
    <div className="files-form">
      {warning && (
        <div className="files-warning" role="alert">
          <p>
            {t(warning.offM > 0 ? "files.import.off" : "files.import.other_system", {
              metres: countText(warning.offM),
              system: t(`files.system.${warning.system}`),
              now: t(`files.system.${system}`),
            })}
          </p>
          <button type="button" className="button" onClick={() => onChange({ system: warning.system })}>
            {t("files.import.use", { system: t(`files.system.${warning.system}`) })}
          </button>
        </div>
      )}
      <div className="files-grid">
        <Choice
          label={t("files.import.system")}
          value={systemBy === "unknown" ? "" : system}
          options={[
            ...(systemBy === "unknown" ? [["", t("files.import.system.choose")] as const] : []),
            ...coordinateSystems.map((one) => [one, t(`files.system.${one}`)] as const),
          ]}
          note={t(`files.import.by.${systemBy}`)}
          news={systemBy === "unknown"}
          onChange={(value) => onChange({ system: value === "" ? null : (value as ImportPreview["system"]) })}
        />
        {preview.sheets.length > 1 && (
          <Choice
            label={t("files.import.sheet")}
            value={choices.sheet}
            options={preview.sheets.map((name) => [name, name])}
            onChange={(sheet) => onChange({ sheet, columns: null })}
          />
        )}
        <Choice
          label={t("files.import.kind")}
          value={choices.kind ?? ""}
          options={kindOptions}
          onChange={(kind) => onChange({ kind: kind || null })}
        />
        <Tick label={t("files.import.swapped")} on={preview.swapped} onChange={(swapped) => onChange({ swapped })} />
      </div>
      <fieldset className="files-columns">
        <legend>{t("files.import.columns")}</legend>
        {importFields
          .filter((field) => !(preview.placed && ["lng", "lat", "point"].includes(field)))
          .map((field) => (
            <Column key={field} field={field} preview={preview} onChange={onChange} />
          ))}
      </fieldset>
      {preview.unknownKinds.length > 0 && (
        <fieldset className="files-columns">
          <legend>{t("files.import.unknown_kinds")}</legend>
          {preview.unknownKinds.map(({ word, count }) => (
            <Choice
              key={word}
              label={t("files.import.word", { word, count: countText(count) })}
              value=""
              news
              options={kindOptions}
              onChange={(kind) => kind && onChange({ kindWords: { ...choices.kindWords, [word]: kind } })}
            />
          ))}
        </fieldset>
      )}
      <ImportSum preview={preview} />
      <LeftRows key={state.importId} state={state} />
      <div className="files-grid">
        <Tick
          label={t("files.import.take_outside")}
          on={choices.takeOutside}
          onChange={(takeOutside) => onChange({ takeOutside })}
        />
        <Tick
          label={t("files.import.take_near")}
          on={choices.takeNear}
          onChange={(takeNear) => onChange({ takeNear })}
        />
      </div>
    </div>
  );
}

function Column({ field, preview, onChange }: Omit<Props, "state"> & { field: ImportField }) {
  const t = useText();
  const columns = preview.choices.columns ?? {};
  const chosen = columns[field];
  return (
    <Choice
      label={t(`files.field.${field}`)}
      value={chosen === undefined ? "" : String(chosen)}
      options={[
        ["", t("files.import.no_column")],
        ...preview.columns.map(({ name }, index) => [String(index), name] as const),
      ]}
      samples={chosen === undefined ? "" : (preview.columns[chosen]?.samples.join(t("files.import.between")) ?? "")}
      onChange={(value) => {
        const { [field]: _before, ...others } = columns;
        onChange({ columns: value === "" ? others : { ...others, [field]: Number(value) } });
      }}
    />
  );
}

function ImportSum({ preview }: { preview: ImportPreview }) {
  const t = useText();
  return (
    <div className="files-sum" aria-live="polite">
      <p className="files-lead">
        {t("files.import.sum", {
          rows: countText(preview.rows),
          good: countText(preview.good),
          left: countText(preview.rows - preview.good),
        })}
      </p>
      {preview.beyondStreet > 0 && <p>{t("files.import.beyond_street", { count: countText(preview.beyondStreet) })}</p>}
      {preview.problems.length > 0 && (
        <ul>
          {preview.problems.map(({ problem, count, rows }) => (
            <li key={problem}>
              {t(count > rows.length ? "files.import.problem_more" : "files.import.problem", {
                why: say(importProblemNames[problem]),
                count: countText(count),
                rows: rows.join(t("files.import.between")),
              })}
              {problem === "unknown_status" && t("files.import.statuses")}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Choice({
  label,
  value,
  options,
  note = "",
  samples = "",
  news = false,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  /** What is said of the choice. */
  note?: string;
  /** What stands in the file; as much of it as fits a line. */
  samples?: string;
  news?: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={`files-choice ${news ? "is-open" : ""}`}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      {note !== "" && <span className="files-note">{note}</span>}
      {samples !== "" && <span className="files-note is-sample">{samples}</span>}
    </div>
  );
}

export function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="files-tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
