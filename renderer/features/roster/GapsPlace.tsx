import { useState } from "react";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dateText, durationText, dutyDayText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { GapRow } from "#shared/contract.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { Words } from "./layer-words.ts";
import { SubPlace } from "./SubPlace.tsx";

/** Gaps of the last thirty days and of the coming seven: from when to when, since when known, why. */
export function GapsPlace({ words, onLeave }: { words: Words; onLeave: () => void }) {
  const t = useText();
  const answer = useDesk("roster.gaps", {});
  const { act, busy } = useAct("roster.gapsFile");
  const [error, setError] = useState<DeskError>();
  const report = answer.data;
  const at = report?.at ?? 0;
  const coming = report?.gaps.filter((gap) => gap.toAt > at) ?? [];
  const past = report?.gaps.filter((gap) => gap.toAt <= at) ?? [];
  const save = async () => {
    const outcome = await act({});
    if (outcome.ok) saveFile(outcome.value);
    else setError(outcome.error);
  };
  return (
    <SubPlace
      title={t("roster.gap_report")}
      onLeave={onLeave}
      said={
        report &&
        t("roster.gap_report.sum", { gaps: report.gaps.length, length: durationText(report.minutes * minuteMs) })
      }
      tools={
        <Button
          onPress={() => void save()}
          disabled={busy || !report}
          hotkey={hotkeys.gaps.save}
          keyLabel={t("roster.gap_report.save")}
        >
          {t("roster.gap_report.save")}
        </Button>
      }
    >
      {error && <ErrorNote error={error} />}
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      {report && report.gaps.length === 0 && <EmptyState title={t("roster.gap_report.none")} />}
      {report && report.gaps.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className="roster-table-frame" tabIndex={0} aria-label={t("roster.gap_report")}>
          <GapTable title={t("roster.gap_report.coming")} gaps={coming} words={words} />
          <GapTable title={t("roster.gap_report.past")} gaps={past} words={words} />
        </section>
      )}
    </SubPlace>
  );
}

function GapTable({ title, gaps, words }: { title: string; gaps: readonly GapRow[]; words: Words }) {
  const t = useText();
  if (gaps.length === 0) return null;
  const shiftName = (code: string) => {
    const shift = words.rules.shifts.find((one) => one.code === code);
    return shift ? say(shift.name) : t("roster.gap.no_shift");
  };
  return (
    <table className="roster-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("roster.gap_report.shift")}</th>
          <th scope="col">{t("roster.gap_report.role")}</th>
          <th scope="col">{t("roster.gap_report.stretch")}</th>
          <th scope="col">{t("roster.gap_report.minutes")}</th>
          <th scope="col">{t("roster.gap_report.known")}</th>
          <th scope="col">{t("roster.history.why")}</th>
        </tr>
      </thead>
      <tbody>
        {gaps.map((gap) => (
          <tr key={`${gap.on}/${gap.shift}/${gap.role}/${gap.fromAt}`}>
            <td>
              {dutyDayText(gap.on)} {shiftName(gap.shift)}
            </td>
            <td>
              {say(roleNames[gap.role])}
              {gap.missing > 1 ? ` ×${gap.missing}` : ""}
            </td>
            <td className="figures">
              {dateText(gap.fromAt)} – {dateText(gap.toAt)}
            </td>
            <td className="figures">{(gap.toAt - gap.fromAt) / minuteMs}</td>
            <td className="figures">
              {gap.knownAt === null ? t("roster.gap_report.unplanned") : dateText(gap.knownAt)}
            </td>
            <td>
              {[
                gap.leave === null ? "" : t("roster.gap_report.leave", { reason: gap.leave }),
                gap.accepted === null ? "" : t("roster.gap_report.accepted", { reason: gap.accepted }),
              ]
                .filter(Boolean)
                .join(t("roster.plan.then"))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
