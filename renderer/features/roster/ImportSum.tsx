import { monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { RosterReadingView } from "#shared/contract.ts";
import { slotText } from "./layer-words.ts";
import { problemText, type Wording } from "./sheet-words.ts";

const mostShown = 120;

/** What publishing would change, and what in the sheet looks wrong. */
export function ImportSum({ reading, words }: { reading: RosterReadingView; words: Wording }) {
  const t = useText();
  const problems = reading.sheets.filter((sheet) => !sheet.hidden).flatMap((sheet) => sheet.problems);
  const changed = reading.changes.filter(({ was }) => was !== null);
  const name = (id: string | null) => (id === null ? t("roster.free") : words.nameOf(id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="import-sum" aria-labelledby="import-sum-title" tabIndex={0}>
      <header className="roster-side-head">
        <h2 id="import-sum-title">{t("roster.sheet.sum", { places: reading.count })}</h2>
      </header>
      <ul className="import-lines">
        {reading.months.map(({ month, added, changed: others, read }) => (
          <li key={month}>
            <strong>{monthText(month)}</strong>
            {added + others === 0
              ? t("roster.sheet.month_same", { read })
              : t("roster.sheet.month", { read, added, changed: others })}
          </li>
        ))}
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.cell} ${JSON.stringify(problem.params)}`} className="import-problem">
            {problemText(problem, words)}
          </li>
        ))}
        {changed.slice(0, mostShown).map(({ slot, was, officerId }) => (
          <li key={slot}>
            {t("roster.sheet.change_line", {
              place: slotText(slot, words.rules),
              was: name(was),
              name: name(officerId),
            })}
          </li>
        ))}
        {changed.length > mostShown && <li>{t("roster.sheet.more", { more: changed.length - mostShown })}</li>}
      </ul>
    </section>
  );
}
