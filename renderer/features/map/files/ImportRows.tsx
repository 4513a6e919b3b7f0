import { useDesk } from "#renderer/bridge/use-desk.ts";
import { countText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type ImportPreview, importProblemNames } from "#shared/contract.ts";

/** The first rows as they would be taken; what cannot be taken says why. */
export function ImportRows({ preview }: { preview: ImportPreview }) {
  const t = useText();
  const tables = useDesk("system.tables", {});
  const names = new Map((tables.data?.assetKinds.rows ?? []).map(({ code, name }) => [code, say(name)]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keys
    <section className="files-rows" aria-label={t("files.import.first")} tabIndex={0}>
      <table>
        <caption>{t("files.import.first_of", { shown: preview.first.length, rows: countText(preview.rows) })}</caption>
        <thead>
          <tr>
            {["row", "code", "kind", "name", "place", "result"].map((head) => (
              <th key={head} scope="col">
                {t(`files.head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.first.map((row) => (
            <tr key={row.row} className={row.problem ? "is-left" : ""}>
              <td>{row.row}</td>
              <td>{row.code}</td>
              <td>{names.get(row.kind) ?? row.kind}</td>
              <td>{row.name}</td>
              <td>{row.lng === null || row.lat === null ? "" : `${row.lng.toFixed(5)} ${row.lat.toFixed(5)}`}</td>
              <td>{row.problem ? say(importProblemNames[row.problem]) : t("files.import.good")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
