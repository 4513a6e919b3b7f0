import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Key, LevelMark, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { durationText, labelText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables, Thought } from "#shared/contract.ts";
import { boardNames, levels } from "#shared/domain/duty-event/event.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { CategoryBox, CoHandlerBox, LeadBox } from "./AssessBoxes.tsx";
import { Choice } from "./Choice.tsx";
import { Combobox } from "./Combobox.tsx";
import { gridsOf, type Intake, owned, secrecyOf } from "./intake-form.ts";
import { Labelled } from "./Labelled.tsx";
import { partyKey } from "./PartyChips.tsx";

/** What the desk proposes by the words of a caller and the tables, each with its reason, until a person says otherwise. */
export interface ProposedProps {
  readonly intake: Intake;
  readonly change: (next: Partial<Intake>) => void;
  readonly tables: Tables | undefined;
  readonly thought: Thought | undefined;
}

/** The level: usual for its category, or as a person says. */
export function LevelField({ intake, change, tables }: ProposedProps) {
  const t = useText();
  for (const [index, level] of levels.entries()) {
    const set = () => change({ level, own: owned(intake, "level") });
    // biome-ignore lint/correctness/useHookAtTopLevel: the levels are three, always
    useHotkey(hotkeys.intake.level[level], set);
    // biome-ignore lint/correctness/useHookAtTopLevel: the levels are three, always
    useHotkey(hotkeys.intake.levels[index] ?? "", set);
  }
  const category = tables?.categories.rows.find(({ code }) => code === intake.category);
  const usualLevel = category?.level && !intake.own.includes("level") && category.level === intake.level;
  return (
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
          onChange={(level) => change({ level, own: owned(intake, "level") })}
        />
      )}
    </Labelled>
  );
}

/** The category with the reason for it, and one key to the next that the words speak for. */
export function CategoryField({ intake, change, tables, thought }: ProposedProps) {
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
  const take = (code: string) => change({ category: code, own: owned(intake, "category") });
  useHotkey(hotkeys.intake.category, () => next && take(next.code), { when: next !== undefined });
  const limitMin = thought?.limitMin;
  const { lostCategory } = intake;
  const lost = !intake.own.includes("category") && lostCategory !== "";
  const lostRow = tables?.categories.former.find(({ code }) => code === lostCategory);
  return (
    <Labelled
      label={t("queue.field.category")}
      hint={
        <>
          {lost && <b>{t("intake.category.lost", { name: lostRow ? sayName(lostRow) : lostCategory })}</b>}
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
        <CategoryBox
          {...ids}
          categories={tables?.categories}
          value={intake.category}
          placeholder={t("intake.category.hint")}
          onChange={take}
        />
      )}
    </Labelled>
  );
}

/** The grid: by what was said or marked on the map. */
export function GridField({ intake, change, thought }: ProposedProps) {
  const t = useText();
  const base = useDesk("map.base", {});
  const grids = useMemo(() => gridsOf(base.data?.areas), [base.data]);
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
            change({ community, grid, own: owned(intake, "grid") });
          }}
        />
      )}
    </Labelled>
  );
}

/** Who leads and who joins, by the responsibility list until a person says otherwise. */
export function PartyFields({ intake, change, tables, thought }: ProposedProps) {
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
          <LeadBox
            {...ids}
            parties={parties}
            lead={intake.lead}
            placeholder={t("intake.lead.hint")}
            onChange={(lead) => change({ lead, own: owned(intake, "lead") })}
          />
        )}
      </Labelled>
      <Labelled label={t("queue.field.coHandlers")}>
        {(ids) => (
          <CoHandlerBox
            {...ids}
            parties={parties}
            lead={intake.lead}
            chosen={intake.coHandlers}
            onChange={(coHandlers) => change({ coHandlers, own: owned(intake, "coHandlers") })}
          />
        )}
      </Labelled>
    </>
  );
}

/** Whether it is confidential: by its category always, else by a tick, to which the words of a confidential category urge. */
export function SecrecyField({ intake, change, tables, thought }: ProposedProps) {
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
