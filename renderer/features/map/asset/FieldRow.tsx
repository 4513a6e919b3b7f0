import { useId } from "react";
import { DateField, FormRow } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { AssetField, FieldProblem } from "#shared/domain/asset/kinds.ts";
import { stageKey } from "./asset-form.ts";
import { problemText } from "./field-text.ts";

interface Props {
  readonly field: AssetField;
  readonly typed: Readonly<Record<string, string>>;
  readonly onType: (key: string, value: string) => void;
  readonly problem: FieldProblem | undefined;
}

/** The input of one field, drawn from its row. */
export function FieldRow({ field, typed, onType, problem }: Props) {
  const t = useText();
  const id = useId();
  const label = (
    <>
      {say(field.name)}
      {field.unit && <span className="faint"> {t("asset.unit", { unit: say(field.unit) })}</span>}
      {field.required && <span className="faint"> {t("asset.required")}</span>}
    </>
  );
  const told = {
    "aria-invalid": problem !== undefined,
    "aria-describedby": problem ? `${id}-problem` : undefined,
  };
  const shared = { className: "input", ...told };
  if (field.type === "stages")
    return (
      <fieldset className="asset-stages">
        <legend className="label">{label}</legend>
        {field.options?.map((option) => {
          const key = stageKey(field, option.code);
          return (
            <label key={option.code} className="asset-stage">
              <span>{say(option.name)}</span>
              <input
                {...shared}
                inputMode="decimal"
                value={typed[key] ?? ""}
                onChange={(event) => onType(key, event.target.value)}
              />
              <span>%</span>
            </label>
          );
        })}
        {problem && (
          <p id={`${id}-problem`} className="map-problem" role="alert">
            {problemText(field, problem)}
          </p>
        )}
      </fieldset>
    );
  const value = typed[field.code] ?? "";
  const options =
    field.type === "choice"
      ? (field.options ?? []).map((option) => ({ code: option.code, word: say(option.name) }))
      : field.type === "yes_no"
        ? ["yes", "no"].map((code) => ({ code, word: t(`asset.${code}`) }))
        : undefined;
  return (
    <FormRow label={label}>
      {(control) => (
        <>
          {options ? (
            <select {...shared} id={control} value={value} onChange={(event) => onType(field.code, event.target.value)}>
              <option value="">{t("asset.unsaid")}</option>
              {options.map(({ code, word }) => (
                <option key={code} value={code}>
                  {word}
                </option>
              ))}
            </select>
          ) : field.type === "date" ? (
            <DateField {...told} id={control} value={value} onDate={(date) => onType(field.code, date)} />
          ) : (
            <input
              {...shared}
              id={control}
              type="text"
              inputMode={field.type === "number" ? "decimal" : field.type === "phone" ? "tel" : undefined}
              autoComplete="off"
              maxLength={500}
              value={value}
              onChange={(event) => onType(field.code, event.target.value)}
            />
          )}
          {problem && (
            <p id={`${id}-problem`} className="map-problem" role="alert">
              {problemText(field, problem)}
            </p>
          )}
        </>
      )}
    </FormRow>
  );
}
