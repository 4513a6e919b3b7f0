import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Key, LevelMark, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { durationText, labelText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables, Thought } from "#shared/contract.ts";
import { boardNames, levels, sourceNames, sources } from "#shared/domain/duty-event/event.ts";
import { wholeTemplate } from "#shared/domain/table/use.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { Choice } from "./Choice.tsx";
import { Combobox } from "./Combobox.tsx";
import {
  gridsOf,
  type Intake,
  type IntakeProblem,
  type OwnField,
  secrecyOf,
  textMax,
  withPlace,
  withTemplate,
} from "./intake-form.ts";
import { Labelled } from "./Labelled.tsx";
import { PartyChips, partyKey, partyOptions } from "./PartyChips.tsx";
import { PlaceField } from "./PlaceField.tsx";

export interface IntakeFieldsProps {
  readonly intake: Intake;
  readonly change: (next: Partial<Intake>) => void;
  readonly tables: Tables | undefined;
  readonly thought: Thought | undefined;
  readonly problem: IntakeProblem;
  readonly pickOnMap: () => void;
}

/** The words come first: when the dialog opens (it obeys `autofocus`) and when the form comes back for another event. */
const takeFocus = (area: HTMLTextAreaElement | null): void => {
  area?.setAttribute("autofocus", "");
  area?.focus();
};

/** The fields of a new event in the order in which a caller tells them. */
export function IntakeFields({ intake, change, tables, thought, problem, pickOnMap }: IntakeFieldsProps) {
  const t = useText();
  const base = useDesk("map.base", {});
  const grids = useMemo(() => gridsOf(base.data?.areas), [base.data]);
  const own = (field: OwnField) => [...intake.own.filter((one) => one !== field), field];
  for (const [index, level] of levels.entries()) {
    const set = () => change({ level, own: own("level") });
    // biome-ignore lint/correctness/useHookAtTopLevel: the levels are three, always
    useHotkey(hotkeys.intake.level[level], set);
    // biome-ignore lint/correctness/useHookAtTopLevel: the levels are three, always
    useHotkey(hotkeys.intake.levels[index] ?? "", set);
  }
  const nextSource = () =>
    change({ source: sources[(sources.indexOf(intake.source) + 1) % sources.length] ?? intake.source });
  useHotkey(hotkeys.intake.source, nextSource);
  const category = tables?.categories.rows.find(({ code }) => code === intake.category);
  const usualLevel = category?.level && !intake.own.includes("level") && category.level === intake.level;
  const areas = grids.flatMap((one, index) => {
    const whole = { key: `${one.community}/`, name: one.community, detail: t("intake.grid.whole") };
    const grid = {
      key: `${one.community}/${one.grid}`,
      name: `${one.community} ${one.grid}`,
      detail: t("intake.grid.people", { head: one.head, worker: one.worker }),
    };
    return grids.findIndex(({ community }) => community === one.community) === index ? [whole, grid] : [grid];
  });
  const { named } = thought ?? {};
  const isNamed = named && !intake.own.includes("grid") && intake.community === named.community;
  const gridKey = intake.community || intake.grid ? `${intake.community}/${intake.grid}` : "";
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
      <Labelled
        label={t("queue.field.level")}
        required
        hint={
          <>
            {usualLevel && (
              <b>
                {t("intake.level.usual", {
                  name: sayName(category),
                  label: labelText(tables?.categories.label ?? ""),
                })}{" "}
              </b>
            )}
            <span className="faint">{t("intake.level.keys")}</span>
          </>
        }
      >
        {(ids) => (
          <Choice
            {...ids}
            name="intake-level"
            label={t("queue.field.level")}
            digits
            required
            options={levels.map((level) => ({ value: level, label: <LevelMark level={level} /> }))}
            value={intake.level}
            onChange={(level) => change({ level, own: own("level") })}
          />
        )}
      </Labelled>
      <CategoryField intake={intake} change={change} tables={tables} thought={thought} own={own} />
      <Labelled label={t("queue.fact.place")}>
        {({ id, describedBy }) => (
          <span className="ask-pair">
            <PlaceField
              id={id}
              describedBy={describedBy}
              value={intake.placeText}
              onType={(placeText) => change({ placeText })}
              onTake={(place) => change(withPlace(intake, place))}
            />
            <button type="button" className="button" aria-keyshortcuts="Alt+m" onClick={pickOnMap}>
              {t(intake.point ? "intake.pick_again" : "intake.pick")} <Key name="Alt+M" />
            </button>
          </span>
        )}
      </Labelled>
      <Labelled
        label={t("intake.grid")}
        hint={
          isNamed ? (
            <b>{t("intake.because", { words: `${named.community}${named.grid}` })}</b>
          ) : (
            intake.point &&
            !thought?.cover &&
            t("intake.point", { lng: intake.point.lng.toFixed(5), lat: intake.point.lat.toFixed(5) })
          )
        }
      >
        {(ids) => (
          <Combobox
            {...ids}
            options={areas}
            value={gridKey}
            placeholder={t("queue.find_by")}
            onChange={(key) => {
              const [community = "", grid = ""] = key.split("/");
              change({ community, grid, own: own("grid") });
            }}
          />
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
      <Labelled label={t("queue.fact.source")}>
        {({ id }) => (
          <span className="ask-pair">
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
            <button type="button" className="button" aria-keyshortcuts="Alt+s" onClick={nextSource}>
              {t("intake.source.next")} <Key name="Alt+S" />
            </button>
          </span>
        )}
      </Labelled>
      <PartyFields intake={intake} change={change} tables={tables} thought={thought} own={own} />
      <Labelled label={t("intake.template")}>
        {(ids) => (
          <Combobox
            {...ids}
            options={(tables?.templates.rows ?? []).map(({ code, name, title }) => ({
              key: code,
              name,
              detail: title,
            }))}
            value=""
            placeholder={t("intake.template.hint")}
            onChange={(code) => {
              const template = wholeTemplate(tables?.templates.rows ?? [], code);
              if (template) change(withTemplate(intake, template));
            }}
          />
        )}
      </Labelled>
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
      <SecrecyField intake={intake} change={change} tables={tables} thought={thought} />
    </>
  );
}

/** Whether it is confidential: by its category always, else by a tick, to which the words of a confidential category urge. */
function SecrecyField({ intake, change, tables, thought }: Omit<PartProps, "own">) {
  const t = useText();
  const { by, hint } = secrecyOf(intake, thought?.categories ?? [], tables?.categories.rows ?? []);
  const turn = () => change({ confidential: !intake.confidential });
  useHotkey(hotkeys.intake.secret, turn, { when: by === undefined });
  return (
    <label className="ask-check intake-secret">
      <input
        type="checkbox"
        checked={by !== undefined || intake.confidential}
        disabled={by !== undefined}
        aria-keyshortcuts="Alt+b"
        onChange={turn}
      />
      <span>{t("queue.confidential")}</span>
      {!by && <Key name="Alt+B" />}
      {hint ? (
        <b>{t("intake.confidential.maybe", { words: hint.words.join("、"), name: sayName(hint.category) })}</b>
      ) : (
        <span className="faint">
          {by && t("intake.confidential.always", { name: sayName(by) })}
          {t("intake.confidential.about")}
        </span>
      )}
    </label>
  );
}

type PartProps = Pick<IntakeFieldsProps, "intake" | "change" | "tables" | "thought"> & {
  readonly own: (field: OwnField) => readonly OwnField[];
};

/** The category with the reason for it, and one key to the next that the words speak for. */
function CategoryField({ intake, change, tables, thought, own }: PartProps) {
  const t = useText();
  const rows = tables?.categories.rows ?? [];
  const category = rows.find(({ code }) => code === intake.category);
  const candidates = thought?.categories ?? [];
  const here = candidates.findIndex(({ code }) => code === intake.category);
  const next =
    candidates.length > 1 || (candidates.length === 1 && here < 0)
      ? candidates[(here + 1) % candidates.length]
      : undefined;
  const nextRow = rows.find(({ code }) => code === next?.code);
  const take = (code: string) => change({ category: code, own: own("category") });
  useHotkey(hotkeys.intake.category, () => next && take(next.code), { when: next !== undefined });
  const limitMin = thought?.limitMin;
  return (
    <Labelled
      label={t("queue.field.category")}
      hint={
        <>
          {category && (
            <span>
              {candidates[here] && <b>{t("intake.because", { words: candidates[here].words.join("、") })} </b>}
              {say(boardNames[category.board])}
              {limitMin && t("intake.limit", { limit: durationText(limitMin * minuteMs) })}
            </span>
          )}
          {next && (
            <button type="button" tabIndex={-1} className="button-link intake-other" onClick={() => take(next.code)}>
              {t("intake.or", {
                name: nextRow ? sayName(nextRow) : next.code,
                words: next.words.join("、"),
              })}{" "}
              <Key name="Alt+C" />
            </button>
          )}
        </>
      }
    >
      {(ids) => (
        <Combobox
          {...ids}
          options={rows.map((row) => ({
            key: row.code,
            name: sayName(row),
            detail: say(boardNames[row.board]),
            words: [row.name, ...row.keywords],
          }))}
          value={intake.category}
          placeholder={t("intake.category.hint")}
          onChange={take}
        />
      )}
    </Labelled>
  );
}

/** Who leads and who joins, by the responsibility list until a person says otherwise. */
function PartyFields({ intake, change, tables, thought, own }: PartProps) {
  const t = useText();
  const named = [...(intake.lead ? [intake.lead] : []), ...intake.coHandlers];
  const known = tables?.parties.rows ?? [];
  const parties = [...known, ...named.filter((one) => !known.some((row) => partyKey(row) === partyKey(one)))];
  const from = thought?.responsible;
  const proposed = from && !intake.own.includes("lead") && intake.lead;
  return (
    <>
      <Labelled
        label={t("queue.field.lead")}
        hint={
          proposed && (
            <b>{t("intake.by_list", { row: from.row || t("intake.by_list.street"), label: labelText(from.label) })}</b>
          )
        }
      >
        {(ids) => (
          <Combobox
            {...ids}
            options={partyOptions(parties)}
            value={intake.lead ? partyKey(intake.lead) : ""}
            placeholder={t("intake.lead.hint")}
            onChange={(key) =>
              change({ lead: parties.find((party) => partyKey(party) === key) ?? null, own: own("lead") })
            }
          />
        )}
      </Labelled>
      <Labelled label={t("queue.field.coHandlers")}>
        {(ids) => (
          <PartyChips
            {...ids}
            chosen={intake.coHandlers}
            parties={parties.filter((party) => !intake.lead || partyKey(party) !== partyKey(intake.lead))}
            onChange={(coHandlers) => change({ coHandlers, own: own("coHandlers") })}
          />
        )}
      </Labelled>
    </>
  );
}
