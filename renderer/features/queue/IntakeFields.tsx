import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Key, LevelMark, useHotkey } from "#renderer/parts/index.ts";
import { durationText, phoneText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Cover, Tables } from "#shared/contract.ts";
import { boardNames, levels, sourceNames, sources } from "#shared/domain/duty-event/event.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { Choice } from "./Choice.tsx";
import { Combobox } from "./Combobox.tsx";
import { gridsOf, type Intake, type IntakeProblem, textMax } from "./intake-form.ts";
import { Labelled } from "./Labelled.tsx";

export interface IntakeFieldsProps {
  readonly intake: Intake;
  readonly change: (next: Partial<Intake>) => void;
  readonly tables: Tables | undefined;
  /** Words of the text that speak for the proposed category. */
  readonly reason: string;
  readonly cover: Cover | null;
  readonly problem: IntakeProblem;
  readonly pickOnMap: () => void;
}

/** The words come first: when the dialog opens (it obeys `autofocus`) and when the form comes back for another event. */
const takeFocus = (area: HTMLTextAreaElement | null): void => {
  area?.setAttribute("autofocus", "");
  area?.focus();
};

/** The fields of a new event in the order in which a caller tells them. */
export function IntakeFields({ intake, change, tables, reason, cover, problem, pickOnMap }: IntakeFieldsProps) {
  const t = useText();
  const base = useDesk("map.base", {});
  const grids = useMemo(() => gridsOf(base.data?.areas), [base.data]);
  const category = tables?.categories.rows.find((row) => row.code === intake.category);
  const limit = category?.limitMin[intake.level];
  const own = (field: Intake["own"][number]) => [...intake.own.filter((one) => one !== field), field];
  useHotkey("Alt+1", () => change({ level: "critical" }), { label: t("intake.key.level") });
  useHotkey("Alt+2", () => change({ level: "urgent" }));
  useHotkey("Alt+3", () => change({ level: "normal" }));

  const gridKey = intake.grid ? `${intake.community}/${intake.grid}` : "";
  return (
    <>
      <Labelled
        wide
        required
        label={t("intake.text")}
        problem={problem ? t(`queue.problem.${problem.problem}`, { field: t("intake.text"), max: textMax }) : undefined}
      >
        {({ id, describedBy }) => (
          <textarea
            ref={takeFocus}
            id={id}
            className="input intake-text"
            rows={4}
            value={intake.text}
            placeholder={t("intake.text.hint")}
            aria-required
            aria-invalid={problem !== null || undefined}
            aria-describedby={describedBy}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("queue.field.level")} required hint={<span className="faint">{t("intake.level.keys")}</span>}>
        {(ids) => (
          <Choice
            {...ids}
            name="intake-level"
            label={t("queue.field.level")}
            digits
            required
            options={levels.map((level) => ({ value: level, label: <LevelMark level={level} /> }))}
            value={intake.level}
            onChange={(level) => change({ level })}
          />
        )}
      </Labelled>
      <Labelled
        label={t("queue.field.category")}
        hint={
          category && (
            <>
              {reason && !intake.own.includes("category") && <b>{t("intake.because", { words: reason })} </b>}
              {t("intake.means", {
                board: say(boardNames[category.board]),
                lead: category.lead?.name ?? "—",
                limit: limit === undefined ? t("clock.none") : durationText(limit * minuteMs),
                label: tables?.categories.label ?? "",
              })}
            </>
          )
        }
      >
        {(ids) => (
          <Combobox
            {...ids}
            options={(tables?.categories.rows ?? []).map((row) => ({
              key: row.code,
              name: row.name,
              detail: say(boardNames[row.board]),
              words: row.keywords,
            }))}
            value={intake.category}
            placeholder={t("intake.category.hint")}
            onChange={(code) => change({ category: code, own: own("category") })}
          />
        )}
      </Labelled>
      <Labelled label={t("queue.fact.source")}>
        {({ id }) => (
          <select
            id={id}
            className="input"
            value={intake.source}
            onChange={(event) => change({ source: event.target.value as Intake["source"] })}
          >
            {sources.map((source) => (
              <option key={source} value={source}>
                {say(sourceNames[source])}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={t("queue.fact.caller")}>
        {({ id }) => (
          <span className="ask-pair">
            <input
              id={id}
              className="input"
              maxLength={40}
              value={intake.callerName}
              placeholder={t("intake.name")}
              onChange={(event) => change({ callerName: event.target.value })}
            />
            <input
              className="input"
              type="tel"
              inputMode="tel"
              maxLength={30}
              aria-label={t("intake.phone")}
              value={intake.callerPhone}
              placeholder={t("intake.phone")}
              onChange={(event) => change({ callerPhone: event.target.value })}
            />
          </span>
        )}
      </Labelled>
      <Labelled
        label={t("queue.fact.place")}
        hint={
          intake.point &&
          (cover
            ? t("queue.fact.cover", { head: cover.head, worker: cover.worker, phone: phoneText(cover.phone) })
            : t("intake.point", { lng: intake.point.lng.toFixed(5), lat: intake.point.lat.toFixed(5) }))
        }
      >
        {({ id, describedBy }) => (
          <span className="ask-pair">
            <input
              id={id}
              className="input"
              maxLength={200}
              value={intake.placeText}
              aria-describedby={describedBy}
              onChange={(event) => change({ placeText: event.target.value })}
            />
            <button type="button" className="button" aria-keyshortcuts="Alt+m" onClick={pickOnMap}>
              {t(intake.point ? "intake.pick_again" : "intake.pick")} <Key name="Alt+M" />
            </button>
          </span>
        )}
      </Labelled>
      <Labelled label={t("intake.grid")}>
        {(ids) => (
          <Combobox
            {...ids}
            options={grids.map((one) => ({
              key: `${one.community}/${one.grid}`,
              name: `${one.community} ${one.grid}`,
              detail: t("intake.grid.people", { head: one.head, worker: one.worker }),
            }))}
            value={gridKey}
            placeholder={t("queue.find_by")}
            onChange={(key) => {
              const [community = "", grid = ""] = key.split("/");
              change({ community, grid, own: own("grid") });
            }}
          />
        )}
      </Labelled>
      <div className="ask-row">
        <span className="ask-label" />
        <label className="ask-check">
          <input
            type="checkbox"
            checked={intake.confidential}
            onChange={(event) => change({ confidential: event.target.checked, own: own("confidential") })}
          />
          {t("queue.confidential")}
          <span className="faint">{t("intake.confidential.about")}</span>
        </label>
      </div>
      <Labelled label={t("intake.headline")}>
        {({ id }) => (
          <input
            id={id}
            className="input"
            maxLength={80}
            value={intake.title}
            placeholder={t("intake.headline.hint")}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Labelled>
    </>
  );
}
