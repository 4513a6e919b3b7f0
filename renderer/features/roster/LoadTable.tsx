import { useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { dragType } from "./GridDay.tsx";

interface Props {
  readonly load: ReadonlyMap<string, { shifts: number; nights: number; offDays: number }>;
  readonly officers: readonly OfficerView[];
}

/** Who carries how much of the month: nights and days off are counted apart, because that is what people compare. */
export function LoadTable({ load, officers }: Props) {
  const t = useText();
  const rows = officers
    .filter((officer) => officer.active || load.has(officer.id))
    .map((officer) => ({ officer, ...(load.get(officer.id) ?? { shifts: 0, nights: 0, offDays: 0 }) }))
    .sort((a, b) => b.shifts - a.shifts || b.nights - a.nights);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="roster-load" aria-labelledby="roster-load-title" tabIndex={0}>
      <header className="roster-side-head">
        <h2 id="roster-load-title">{t("roster.load")}</h2>
      </header>
      <table className="roster-load-table">
        <thead>
          <tr>
            <th scope="col">{t("roster.load.name")}</th>
            <th scope="col">{t("roster.load.shifts")}</th>
            <th scope="col">{t("roster.load.nights")}</th>
            <th scope="col">{t("roster.load.off_days")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.officer.id}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(dragType, row.officer.id);
                event.dataTransfer.effectAllowed = "copy";
              }}
            >
              <th scope="row">{row.officer.name}</th>
              <td>{row.shifts}</td>
              <td>{row.nights}</td>
              <td>{row.offDays}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
