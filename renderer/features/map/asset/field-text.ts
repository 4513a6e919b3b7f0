import { countText, phoneText } from "#renderer/text/format.ts";
import { say, sayId } from "#renderer/text/text.ts";
import type { AssetField, FieldProblem, FieldValue } from "#shared/domain/asset/kinds.ts";

/** The value of a field as it is read out: with its unit, its option's name, its stages one by one. */
export function fieldText(field: AssetField, value: FieldValue): string {
  const optionName = (code: string): string => {
    const option = field.options?.find((one) => one.code === code);
    return option ? say(option.name) : code;
  };
  if (typeof value === "object")
    return Object.entries(value)
      .map(([code, done]) => `${optionName(code)} ${done}%`)
      .join(sayId("parts.comma"));
  if (typeof value === "boolean") return sayId(value ? "asset.yes" : "asset.no");
  if (typeof value === "number") {
    const figure = Number.isInteger(value) ? countText(value) : String(value);
    return field.unit ? `${figure} ${say(field.unit)}` : figure;
  }
  if (field.type === "choice") return optionName(value);
  return field.type === "phone" ? phoneText(value) : value;
}

/** What is wrong with a field, in a sentence. */
export function problemText(field: AssetField, { problem }: FieldProblem): string {
  const bounds = { min: field.min ?? "", max: field.max ?? 500, decimals: field.decimals ?? 0 };
  return sayId(`asset.problem.${problem}`, bounds);
}
