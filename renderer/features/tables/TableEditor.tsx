import { type RefObject, useEffect, useRef, useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote, HiddenFileInput, SyncMark, useRested } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { languageNow, say, useText } from "#renderer/text/text.ts";
import type { EditionView, TableProblemView } from "#shared/contract.ts";
import { mostRows } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";
import type { DeskError } from "#shared/errors.ts";
import { Arrived, Clashes } from "./Arrived.tsx";
import { Editions } from "./Editions.tsx";
import { type Cells, type Clash, type Edited, noteProposed, takeTheirs } from "./edits.ts";
import { OrphanRows, type Orphans } from "./OrphanRows.tsx";
import { Problems } from "./Problems.tsx";
import { Publish } from "./Publish.tsx";
import { type GridHandle, TableGrid } from "./TableGrid.tsx";
import { useEdits } from "./use-edits.ts";
import { useSheets } from "./use-sheets.ts";

const none: readonly TableProblemView[] = [];
const noRows: Cells = [];

/** The check reads the whole table: it waits for so long until the hand rests. */
const restMs = 250;

/** Above this it is said how much of what one op holds the table fills (TB-2). */
const largeKb = 300;

/** One table: its grid, what is wrong with it, its editions. Edits are kept as a draft until they are published or dropped. */
export function TableEditor(props: {
  readonly table: TableName;
  /** The list of tables reaches the grid by it. */
  readonly toGrid: RefObject<() => void>;
  readonly backToList: () => void;
  /** Rows of each table that name a category which was taken out. */
  readonly orphans: readonly Orphans[];
  readonly goTo: (table: TableName) => void;
}) {
  const { table, toGrid, backToList, orphans, goTo } = props;
  const t = useText();
  const isAdmin = useDesk("session.current", {}).data?.officer?.grade === "admin";
  const [said, setSaid] = useState("");
  const [error, setError] = useState<DeskError>();
  const { act: readEdition } = useAct("table.edition");
  const sheets = useSheets(table);
  const file = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  useEffect(() => {
    toGrid.current = () => grid.current?.focus();
  }, [toGrid]);

  const standing = useRef<string>(undefined);
  const {
    now,
    isRead,
    language,
    isKept,
    mayUndo,
    edit,
    take,
    note,
    undo,
    end,
    drop: giveUp,
  } = useEdits(table, standing, () => {
    setSaid("");
    setError(undefined);
  });
  const { data, error: unread, again } = useDesk("table.get", { table, language });
  standing.current = data?.digest;
  const cells: Cells = now?.cells ?? data?.cells ?? noRows;
  const mayEdit = isAdmin && isRead && data !== undefined;
  /** For who has waited for the core: the rows may have been typed into meanwhile. */
  const latest = useRef({ now, cells, edit, take });
  latest.current = { now, cells, edit, take };
  const rested = useRested(now ? cells : null, restMs);
  const checked = useDesk(
    "table.check",
    { table, cells: (rested ?? []).map((row) => [...row]), language: languageNow(), written: language },
    { enabled: rested !== null },
  ).data;
  // Edits that were given up have no faults.
  const check = now ? checked : undefined;
  const stale = now !== null && data !== undefined && now.was !== data.digest;
  const clashes = now?.clashes ?? [];
  const drop = () => {
    giveUp();
    setSaid(t("tables.dropped"));
    backToList();
  };
  const published = async (edition: number, own: Edited) => {
    if (latest.current.now === own) end();
    await askAgain("table.get", "table.list", "system.tables");
    setSaid(t("tables.published", { edition }));
  };
  const open = async (chosen: File) => {
    setSaid("");
    setError(undefined);
    const outcome = await sheets.read(chosen);
    if (!outcome.ok) return setError(outcome.error);
    const { cells: read, missing, unknown, kept, sheet } = outcome.value;
    latest.current.edit(read, null, t("tables.note.import", { file: chosen.name }).slice(0, 200));
    setSaid(
      [
        t("tables.imported", { sheet, count: read.length }),
        ...(missing.length > 0
          ? [t(`tables.missing${howKept(kept, read.length)}`, { names: missing.join("、"), kept })]
          : []),
        ...(unknown.length > 0 ? [t("tables.unknown", { names: unknown.join("、") })] : []),
      ].join(""),
    );
  };
  /** TB-10: an earlier edition as edits of the present one; of one that was refused, as edits of what it was set over. */
  const bring = async ({ edition, opId }: EditionView, isRefused: boolean) => {
    if (!data || opId === null) return;
    const outcome = await readEdition({ table, opId, language });
    if (!outcome.ok) return setError(outcome.error);
    const { cells: read, was } = outcome.value;
    const proposed = isRefused ? "" : t("tables.note.bring", { edition });
    const { now: edited } = latest.current;
    const { clashes: _, ...rest } = edited ?? {};
    latest.current.take({
      ...rest,
      ...noteProposed(edited, proposed),
      was: (isRefused && was) || (stale && edited?.was) || data.digest,
      language,
      cells: read,
    });
    setSaid(t(isRefused ? "tables.taken_up" : "tables.brought", { edition }));
  };
  const choose = (chosen: readonly Clash[], theirs: boolean) => {
    if (!now) return;
    const left = clashes.filter((one) => !chosen.includes(one));
    take({
      ...now,
      cells: theirs ? chosen.reduce((rows, one) => takeTheirs(table, rows, one), now.cells) : now.cells,
      clashes: left,
    });
  };
  const columns = Object.values(columnsOf(table));
  /** Below the row under the hand, else as the last one; the hand goes there. */
  const add = () => {
    const at = (grid.current?.here()?.at ?? cells.length - 1) + 1;
    edit([...cells.slice(0, at), columns.map(() => ""), ...cells.slice(at)]);
    grid.current?.focus({ at, col: 0 });
  };
  const mayAdd = mayEdit && cells.length < mostRows;
  const grave = check?.problems.filter((one) => one.grave).length ?? 0;
  const count = (change: string) => check?.changes.filter((one) => one.change === change).length ?? 0;
  const own = now
    ? new Set(check?.problems.filter(({ problem }) => problem === "deleted_ref").map(({ row }) => row)).size
    : (orphans.find((one) => one.table === table)?.count ?? 0);
  const isClear = now !== null && check !== undefined && grave === 0;
  const kb = Math.ceil((check?.bytes ?? 0) / 1000);

  return (
    <section className="tables-editor" aria-label={say(tableKinds[table].name)}>
      <header className="tables-head">
        <h2 className="pane-title">{say(tableKinds[table].name)}</h2>
        <span className="tag">
          {data && t(`tables.source.${data.source}`, { edition: data.editions[0]?.edition ?? 0 })}
        </span>
        {data?.editions[0] &&
          (data.editions[0].sync ? (
            <SyncMark sync={data.editions[0].sync} />
          ) : (
            <span className="faint">{t("tables.sync_unknown")}</span>
          ))}
        <span className="soft tables-about">{say(tableKinds[table].about)}</span>
      </header>
      <div className="tables-tools">
        {isAdmin && (
          <>
            <Button hotkey={hotkeys.rules.add} keyLabel={t("tables.add")} disabled={!mayAdd} onPress={add}>
              {t("tables.add")}
            </Button>
            <Button
              hotkey={hotkeys.rules.import}
              keyLabel={t("tables.import")}
              disabled={!mayEdit}
              onPress={() => file.current?.click()}
            >
              {t("tables.import")}
            </Button>
            <HiddenFileInput
              input={file}
              label={t("tables.import")}
              accept=".xlsx,.csv"
              onFile={(chosen) => void open(chosen)}
            />
          </>
        )}
        <Button onPress={() => void sheets.write(now?.cells).then(setError)}>{t("tables.export")}</Button>
        {mayEdit && data.source !== "default" && (
          <Button onPress={() => edit(data.defaults, null, t("tables.note.default"))}>{t("tables.default")}</Button>
        )}
        {now && (
          <Publish
            table={table}
            edited={now}
            may={isAdmin && grave === 0 && !stale && clashes.length === 0 && check?.changes.length !== 0}
            note={note}
            published={(edition, own) => void published(edition, own)}
            failed={setError}
          />
        )}
        {(now || mayUndo) && (
          <Button disabled={!mayUndo} onPress={undo}>
            {t("tables.undo")}
          </Button>
        )}
        {now && <Button onPress={drop}>{t("tables.drop")}</Button>}
      </div>
      <p className="tables-said" role="status">
        {said}
        {
          // Of a row that is not understood it is not known which one it changes, and beside a new edition not whose change it is.
          isClear &&
            !stale &&
            t("tables.changes", { added: count("added"), changed: count("changed"), removed: count("removed") })
        }
        {kb >= largeKb && t("tables.large", { kb })}
        {grave > 0 && <b className="tables-grave">{t("tables.grave", { count: grave })}</b>}
        {now && !isKept && <b className="tables-grave">{t("tables.unkept")}</b>}
        {!isAdmin && <span className="faint">{t("tables.read_only")}</span>}
      </p>
      {mayEdit && (
        <OrphanRows
          table={table}
          own={own}
          others={orphans.filter((one) => one.table !== table && one.count > 0)}
          rows={() => latest.current.cells}
          cleaned={({ cells: rest, rows, blanks }) => {
            latest.current.edit(rest, null, t("tables.note.clean"));
            setSaid(t("tables.cleaned", { rows, blanks }));
          }}
          failed={setError}
          goTo={goTo}
        />
      )}
      {stale && now && data && (
        <Arrived
          table={table}
          edited={now}
          rows={[...data.cells, ...data.defaults, ...cells]}
          lay={(laid) => {
            take({ ...now, ...laid });
            setSaid(t("tables.laid", { edition: data.editions[0]?.edition ?? 0 }));
          }}
          override={(digest) => take({ ...now, was: digest, clashes: [] })}
        />
      )}
      {now && !stale && clashes.length > 0 && (
        <Clashes
          table={table}
          cells={cells}
          clashes={clashes}
          goTo={(spot) => grid.current?.focus(spot)}
          choose={choose}
        />
      )}
      {error && <ErrorNote error={error} />}
      {unread && <ErrorNote error={unread} again={again} />}
      {data ? (
        <TableGrid
          table={table}
          cells={cells}
          before={data.cells}
          alike={(now && check?.alike) || noRows}
          problems={now ? (check?.problems ?? none) : none}
          readOnly={!mayEdit}
          handle={grid}
          onChange={edit}
          onUndo={undo}
        />
      ) : (
        <EmptyState title={t("tables.reading")} />
      )}
      {now && check && (
        <Problems
          table={table}
          problems={check.problems}
          fileCell={(row, col) => sheets.cellOf(cells[row], col)}
          goTo={(spot) => grid.current?.focus(spot)}
        />
      )}
      {data && (
        <Editions
          table={table}
          pending={isClear ? check.changes : []}
          editions={data.editions}
          refused={data.refused}
          bring={mayEdit ? (edition, isRefused) => void bring(edition, isRefused) : undefined}
          differs={data.differs}
          rows={[...cells, ...data.cells, ...data.defaults]}
        />
      )}
    </section>
  );
}

/** How many rows of a sheet that lacks a column keep what they had there. */
const howKept = (kept: number, rows: number): string => (kept === 0 ? "" : kept < rows ? ".kept" : ".all_kept");
