import { type ReactNode, useId, useRef, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, DateField, Dialog } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { countText, zoneMinutes } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { EventSelection, OwnView, Tables } from "#shared/contract.ts";
import {
  boardNames,
  boards,
  eventStates,
  levelNames,
  levels,
  sourceNames,
  sources,
  stateNames,
} from "#shared/domain/duty-event/event.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import { dayMs, dayOf, instantOf } from "#shared/lib/time.ts";
import { Combobox, type ComboOption } from "./Combobox.tsx";
import { type Narrow, namedIn, selectionOf, widened, withFilter } from "./narrow.ts";
import { partyOptions } from "./PartyChips.tsx";
import { PressRow } from "./PressRow.tsx";

const dayChoices = [1, 3, 7, 30, 90, 365] as const;

/** Every filter on one sheet, at work at once; the whole may be kept as a view of one's own. */
export function FilterDialog(props: {
  readonly view: EventSelection["view"];
  readonly narrow: Narrow;
  readonly onNarrow: (narrow: Narrow) => void;
  readonly tables: Tables | undefined;
  /** The own view that is shown, if one is. */
  readonly own: OwnView | undefined;
  readonly views: readonly OwnView[];
  readonly full: boolean;
  readonly onKeep: (name: string) => void;
  readonly onRename: (name: string) => void;
  readonly onDrop: () => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const { narrow, onNarrow, tables } = props;
  const set = <K extends Parameters<typeof withFilter>[1]>(name: K, value: Parameters<typeof withFilter<K>>[2]) =>
    onNarrow(withFilter(narrow, name, value));
  const areas = useDesk("map.base", {}).data?.areas;
  const places = placesIn(areas);
  const { data } = useDesk("event.list", { ...selectionOf(props.view, narrow), from: 0, limit: 1 });
  const parties = partyOptions(tables?.parties.rows ?? []);
  const party = parties.find(({ name }) => name === narrow.party);
  return (
    <Dialog title={t("queue.filters.title")} className="filter-sheet" onClose={props.onClose}>
      <div className="filter-rows" data-first="">
        <PressRow
          label={t("queue.column.state")}
          options={eventStates.map((state) => [state, say(stateNames[state])])}
          value={narrow.states ?? []}
          onChange={(states) => set("states", states)}
        />
        <PressRow
          label={t("queue.column.level")}
          options={levels.map((level) => [level, say(levelNames[level])])}
          value={narrow.levels ?? []}
          onChange={(chosen) => set("levels", chosen)}
        />
        <PressRow
          label={t("queue.column.board")}
          options={boards.map((board) => [board, say(boardNames[board])])}
          value={narrow.boards ?? []}
          onChange={(chosen) => set("boards", chosen)}
        />
        <PressRow
          label={t("queue.column.source")}
          options={sources.map((source) => [source, say(sourceNames[source])])}
          value={narrow.sources ?? []}
          onChange={(chosen) => set("sources", chosen)}
        />
        <Several
          label={t("queue.column.category")}
          options={(tables ? categoriesEver(tables) : []).map((row) => ({ key: row.code, name: sayName(row) }))}
          value={narrow.categories ?? []}
          onChange={(chosen) => set("categories", chosen)}
        />
        <Several
          label={t("queue.column.community")}
          options={places.communities.map((name) => ({ key: name, name }))}
          value={narrow.communities ?? []}
          onChange={(chosen) => set("communities", chosen)}
        />
        <Several
          label={t("queue.column.grid")}
          options={places.grids}
          value={narrow.grids ?? []}
          onChange={(chosen) => set("grids", chosen)}
        />
        <Row label={t("queue.filter.party")}>
          {(id) => (
            <Combobox
              id={id}
              options={parties}
              value={party?.key ?? ""}
              placeholder={narrow.party && !party ? narrow.party : t("queue.find_by")}
              onChange={(key) => set("party", parties.find((one) => one.key === key)?.name)}
            />
          )}
        </Row>
        <Row label={t("queue.filter.time")}>{(id) => <Span id={id} narrow={narrow} onNarrow={onNarrow} />}</Row>
        {(["confidential", "sample", "whistled", "relapse"] as const).map((name) => (
          <PressRow
            key={name}
            label={t(`queue.filter.${name}`)}
            options={[
              ["yes", t("queue.filter.yes")],
              ["no", t("queue.filter.no")],
            ]}
            value={narrow[name] === undefined ? [] : [narrow[name] ? "yes" : "no"]}
            onChange={(chosen) => {
              const last = chosen.at(-1);
              set(name, last === undefined ? undefined : last === "yes");
            }}
          />
        ))}
      </div>
      <footer className="filter-foot">
        <span className="figures" role="status">
          {data ? t("queue.filters.found", { total: countText(data.total) }) : ""}
        </span>
        <Button disabled={namedIn(narrow).length === 0} onPress={() => onNarrow(widened(narrow))}>
          {t("queue.empty.widen")}
        </Button>
        <KeepView {...props} />
        <Button tone="next" hotkey={confirmKey} onPress={props.onClose}>
          {t("queue.filters.done")}
        </Button>
      </footer>
    </Dialog>
  );
}

/** The whole selection under a name of one's own. */
function KeepView(props: {
  readonly own: OwnView | undefined;
  readonly views: readonly OwnView[];
  readonly full: boolean;
  readonly onKeep: (name: string) => void;
  readonly onRename: (name: string) => void;
  readonly onDrop: () => void;
}) {
  const t = useText();
  const { own, views } = props;
  const [name, setName] = useState(own?.name ?? "");
  const field = useRef<HTMLInputElement>(null);
  const words = name.trim();
  const isSame = words === own?.name;
  /** Of that name there is one already: it would be another selection from now on. */
  const isTaken = !isSame && views.some((view) => view.name === words);
  const mayKeep = words !== "" && (!props.full || isSame || isTaken);
  const keep = () => {
    if (mayKeep) props.onKeep(words);
  };
  return (
    <span className="filter-keep">
      <input
        ref={field}
        className="input"
        value={name}
        maxLength={20}
        aria-label={t("queue.own.name")}
        placeholder={t("queue.own.name")}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          keep();
        }}
      />
      <Button disabled={!mayKeep} onPress={keep}>
        {t(isSame ? "queue.own.again" : isTaken ? "queue.own.instead" : "queue.own.keep", { name: words })}
      </Button>
      {own && !isSame && (
        <Button
          disabled={!words || isTaken}
          onPress={() => {
            props.onRename(words);
            field.current?.focus();
          }}
        >
          {t("queue.own.rename")}
        </Button>
      )}
      {own && <Button onPress={props.onDrop}>{t("queue.own.drop")}</Button>}
    </span>
  );
}

function Row({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="filter-row">
      <label htmlFor={id}>{label}</label>
      <div className="filter-field">{children(id)}</div>
    </div>
  );
}

/** Any number out of many, found by characters or initials. */
function Several(props: {
  readonly label: string;
  readonly options: readonly ComboOption[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}) {
  const t = useText();
  const { options, value, onChange } = props;
  return (
    <Row label={props.label}>
      {(id) => (
        <Combobox
          id={id}
          options={options.filter(({ key }) => !value.includes(key))}
          value=""
          placeholder={t("queue.find_by")}
          onChange={(key) => key && onChange([...value, key])}
          onBackspace={() => onChange(value.slice(0, -1))}
          before={value.map((key) => (
            <span key={key} className="chip">
              {options.find((one) => one.key === key)?.name ?? key}
              <button
                type="button"
                className="chip-drop"
                aria-label={t("queue.co.drop", { name: key })}
                onClick={() => onChange(value.filter((one) => one !== key))}
              >
                ×
              </button>
            </span>
          ))}
        />
      )}
    </Row>
  );
}

/** The last so many days, which goes along with the calendar, or two fixed days. */
function Span({ id, narrow, onNarrow }: { id: string; narrow: Narrow; onNarrow: (narrow: Narrow) => void }) {
  const t = useText();
  const zone = zoneMinutes();
  const fixed = narrow.fromAt !== undefined || narrow.untilAt !== undefined;
  const [own, setOwn] = useState(fixed);
  const { days: _days, fromAt, untilAt, ...rest } = narrow;
  const dayText = (at: number | undefined) => (at === undefined ? "" : dayOf(at, zone));
  const setDay = (name: "fromAt" | "untilAt", on: string) => {
    const at = on ? instantOf(on, 0, zone) + (name === "untilAt" ? dayMs : 0) : undefined;
    const span = { fromAt, untilAt, [name]: at };
    onNarrow({
      ...rest,
      ...(span.fromAt === undefined ? {} : { fromAt: span.fromAt }),
      ...(span.untilAt === undefined ? {} : { untilAt: span.untilAt }),
    });
  };
  return (
    <span className="filter-span">
      <select
        id={id}
        className="input filters-select"
        value={own || fixed ? "own" : (narrow.days ?? "")}
        onChange={(event) => {
          const { value } = event.target;
          setOwn(value === "own");
          onNarrow(value === "" || value === "own" ? rest : { ...rest, days: Number(value) });
        }}
      >
        <option value="">{t("queue.filter.any_time")}</option>
        {dayChoices.map((count) => (
          <option key={count} value={count}>
            {count === 1 ? t("queue.filter.today") : t("queue.filter.days", { count })}
          </option>
        ))}
        <option value="own">{t("queue.filter.own_days")}</option>
      </select>
      {(own || fixed) && (
        <>
          <DateField
            className="filters-select"
            aria-label={t("queue.filter.from")}
            value={dayText(fromAt)}
            onDate={(day) => setDay("fromAt", day)}
          />
          <span aria-hidden="true">–</span>
          <DateField
            className="filters-select"
            aria-label={t("queue.filter.until")}
            value={dayText(untilAt === undefined ? undefined : untilAt - dayMs)}
            onDate={(day) => setDay("untilAt", day)}
          />
        </>
      )}
    </span>
  );
}

interface Places {
  readonly communities: readonly string[];
  readonly grids: readonly ComboOption[];
}

/** Communities and grids of the street, from its own shapes. */
function placesIn(areas: unknown): Places {
  const features = (areas as { features?: { properties?: Record<string, unknown> }[] } | undefined)?.features ?? [];
  const communities = new Set<string>();
  const grids = new Map<string, ComboOption>();
  for (const { properties } of features) {
    const text = (name: string) => (typeof properties?.[name] === "string" ? (properties[name] as string) : "");
    if (text("communityName")) communities.add(text("communityName"));
    if (text("level") === "grid" && text("name"))
      grids.set(text("name"), { key: text("name"), name: text("name"), detail: text("communityName") });
  }
  return { communities: [...communities], grids: [...grids.values()] };
}
