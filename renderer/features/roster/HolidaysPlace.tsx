import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { focusHere } from "#renderer/parts/focus-here.ts";
import { Button, ErrorNote, FileButton } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { dutyDayText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { noticeMost, type Tables } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { readNotice } from "./notice-file.ts";
import { mayPlan } from "./pick.ts";
import { SubPlace } from "./SubPlace.tsx";

/** The holiday table: which years are known, and a notice read, looked at, entered. */
export function HolidaysPlace({ tables, onLeave }: { tables: Tables; onLeave: () => void }) {
  const t = useText();
  const me = useDesk("session.current", {}).data?.officer;
  const { typed, type, drop } = useTyped("holidays", { text: "", year: "", source: "" });
  const { text, year: yearGiven, source } = typed;
  const [said, setSaid] = useState("");
  const [error, setError] = useState<DeskError>();
  const year = /^\d{4}$/.test(yearGiven) ? yearGiven : undefined;
  const reading = useDesk("holiday.read", { text, ...(year ? { year } : {}) }, { enabled: text.trim() !== "" });
  const { act, busy } = useAct("holiday.take");
  const read = text.trim() === "" ? undefined : reading.data;
  const days = Object.entries(read?.days ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const known = [...new Set(Object.keys(tables.holidays.days).map((on) => on.slice(0, 4)))].sort();
  const allowed = mayPlan(me?.grade);
  const ready = allowed && read?.year != null && days.length > 0 && !reading.previous && !busy;

  async function take(): Promise<void> {
    if (!ready || !read?.year) return;
    const from = source.trim() || t("roster.holidays.source_default", { year: read.year });
    const outcome = await act({ year: read.year, source: from, days: read.days });
    setError(outcome.ok ? undefined : outcome.error);
    if (!outcome.ok) return;
    setSaid(
      t("roster.holidays.done", { year: outcome.value.year, days: outcome.value.days, edition: outcome.value.edition }),
    );
    drop();
  }
  function enter(notice: string | undefined): void {
    const fits = notice !== undefined && notice.length <= noticeMost;
    setSaid(fits ? "" : t("roster.holidays.too_long", { most: noticeMost }));
    if (fits) type({ text: notice });
  }

  return (
    <SubPlace
      title={t("roster.holidays")}
      onLeave={onLeave}
      said={said}
      tools={
        <Button tone="next" hotkey={confirmKey} disabled={!ready} onPress={() => void take()}>
          {t("roster.holidays.take")}
        </Button>
      }
    >
      {error && <ErrorNote error={error} />}
      <div className="roster-wishes">
        <div>
          <p className="roster-hint">{t("roster.holidays.known", { years: known.join(t("roster.list_mark")) })}</p>
          <label className="roster-form-row">
            <span>{t("roster.holidays.text")}</span>
            <textarea
              className="input roster-notice"
              ref={focusHere}
              rows={12}
              placeholder={t("roster.holidays.how")}
              value={text}
              onChange={(event) => enter(event.target.value)}
            />
          </label>
          <div className="roster-form-pair">
            <label className="roster-form-row">
              <span>{t("roster.holidays.year")}</span>
              <input
                className="input"
                inputMode="numeric"
                placeholder={read?.year ?? ""}
                value={yearGiven}
                onChange={(event) => type({ year: event.target.value })}
              />
            </label>
            <label className="roster-form-row">
              <span>{t("roster.holidays.source")}</span>
              <input
                className="input"
                maxLength={120}
                value={source}
                onChange={(event) => type({ source: event.target.value })}
              />
            </label>
            <FileButton accept=".txt,.csv" onFile={(file) => void readNotice(file).then(enter)}>
              {t("roster.sheet.file")}
            </FileButton>
          </div>
          {!allowed && <p className="import-hint">{t("roster.not_allowed")}</p>}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className="roster-notice-read" tabIndex={0} aria-label={t("roster.holidays.read")}>
          <h2>
            {read
              ? t("roster.holidays.read_sum", { year: read.year ?? "?", days: days.length, edition: read.edition + 1 })
              : t("roster.holidays.read")}
          </h2>
          {read && read.year === null && <p className="roster-refused">{t("roster.holidays.no_year")}</p>}
          {read?.unread.map((line) => (
            <p key={line} className="roster-refused">
              {t("roster.holidays.unread", { line })}
            </p>
          ))}
          <ul className="roster-notice-days">
            {days.map(([on, { name, kind }]) => (
              <li key={on}>
                <span>{dutyDayText(on)}</span>
                <span>{name}</span>
                <span className={`roster-tag is-${kind === "holiday" ? "holiday" : "makeup"}`}>
                  {t(kind === "holiday" ? "roster.holiday" : "roster.makeup")}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </SubPlace>
  );
}
