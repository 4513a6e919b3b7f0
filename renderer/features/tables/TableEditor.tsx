import { type RefObject, useEffect, useRef, useState } from "react";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { base64Of } from "#renderer/bridge/send-file.ts";
import { askAgain, useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { Button, EmptyState, ErrorNote, HiddenFileInput, useRested } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { languageNow, say, useText } from "#renderer/text/text.ts";
import { sheetFileMost, type TableProblemView } from "#shared/contract.ts";
import { mostRows } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";
import type { DeskError } from "#shared/errors.ts";
import { Editions } from "./Editions.tsx";
import { Problems } from "./Problems.tsx";
import { type GridHandle, type Spot, TableGrid } from "./TableGrid.tsx";

const none: readonly TableProblemView[] = [];
type Cells = readonly (readonly string[])[];
interface Edited {
  /** Digest of the table that was edited. */
  readonly was: string;
  readonly cells: Cells;
}

function readEdited(kept: string | null | undefined): Edited | null {
  try {
    const read = JSON.parse(kept ?? "null") as Partial<Edited> | null;
    return read && typeof read.was === "string" && Array.isArray(read.cells) ? (read as Edited) : null;
  } catch {
    return null;
  }
}

/** A step that can be taken back: how it was before, and which cell was typed into. */
interface Step {
  readonly before: Edited | null;
  readonly cell: string | null;
}
const mostSteps = 50;

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
}) {
  const { table, toGrid, backToList } = props;
  const t = useText();
  const language = languageNow();
  const { data, error: unread, again } = useDesk("table.get", { table, language });
  const isAdmin = useDesk("session.current", {}).data?.officer?.grade === "admin";
  const draft = useDraft(`table:${table}`);
  const [edited, setEdited] = useState<Edited | null>();
  const [said, setSaid] = useState("");
  const [note, setNote] = useState("");
  const [error, setError] = useState<DeskError>();
  const { act: publish, busy } = useAct("table.publish");
  const { act: readSheet } = useAct("table.readSheet");
  const { act: writeSheet } = useAct("table.sheet");
  const file = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  useEffect(() => {
    toGrid.current = () => grid.current?.focus();
  }, [toGrid]);

  const now = edited === undefined ? readEdited(draft.kept) : edited;
  const cells: Cells = now?.cells ?? data?.cells ?? [];
  const rested = useRested(now ? cells : null, restMs);
  const check = useDesk(
    "table.check",
    { table, cells: (rested ?? []).map((row) => [...row]), language },
    { enabled: rested !== null },
  ).data;
  const stale = now !== null && data !== undefined && now.was !== data.digest;
  const put = (own: Edited | null) => {
    setEdited(own);
    setSaid("");
    setError(undefined);
    if (own) draft.keep(JSON.stringify(own));
    else draft.drop();
  };
  const edit = (next: Cells, spot: Spot | null = null) => {
    if (!data) return;
    const cell = spot && `${spot.at}/${spot.col}`;
    // What is typed into one cell is one step.
    if (cell === null || steps.at(-1)?.cell !== cell) setSteps([...steps.slice(1 - mostSteps), { before: now, cell }]);
    put({ was: now?.was ?? data.digest, cells: next });
  };
  const undo = () => {
    const step = steps.at(-1);
    if (!step) return;
    setSteps(steps.slice(0, -1));
    put(step.before);
  };
  const drop = () => {
    setSteps([]);
    put(null);
    backToList();
  };
  const save = async () => {
    if (!now || busy) return;
    const outcome = await publish({ table, cells: now.cells.map((row) => [...row]), was: now.was, note });
    if (!outcome.ok) return setError(outcome.error);
    setSteps([]);
    put(null);
    setNote("");
    setSaid(t("tables.published", { edition: outcome.value.edition }));
    await askAgain("table.get", "table.list", "system.tables");
  };
  const open = async (chosen: File) => {
    setSaid("");
    setError(undefined);
    if (chosen.size > sheetFileMost) return setSaid(t("tables.file_large", { kb: Math.floor(sheetFileMost / 1024) }));
    const base64 = await base64Of(chosen);
    const outcome = await readSheet({ table, fileName: chosen.name.slice(-200), base64 });
    if (!outcome.ok) return setError(outcome.error);
    const { cells: read, missing, unknown, sheet } = outcome.value;
    edit(read);
    setSaid(
      [
        t("tables.imported", { sheet, count: read.length }),
        ...(missing.length > 0 ? [t("tables.missing", { names: missing.join("、") })] : []),
        ...(unknown.length > 0 ? [t("tables.unknown", { names: unknown.join("、") })] : []),
      ].join(""),
    );
  };
  const write = async () => {
    const outcome = await writeSheet({ table });
    if (outcome.ok) saveFile(outcome.value);
    else setError(outcome.error);
  };
  const columns = Object.values(columnsOf(table));
  /** Below the row under the hand, else as the last one; the hand goes there. */
  const add = () => {
    const at = (grid.current?.here()?.at ?? cells.length - 1) + 1;
    edit([...cells.slice(0, at), columns.map(() => ""), ...cells.slice(at)]);
    grid.current?.focus({ at, col: 0 });
  };
  const mayAdd = isAdmin && data !== undefined && cells.length < mostRows;
  const grave = check?.problems.filter((one) => one.grave).length ?? 0;
  const count = (change: string) => check?.changes.filter((one) => one.change === change).length ?? 0;
  const isClear = now !== null && check !== undefined && grave === 0;
  const kb = Math.ceil((check?.bytes ?? 0) / 1000);

  return (
    <section className="tables-editor" aria-label={say(tableKinds[table].name)}>
      <header className="tables-head">
        <h2 className="pane-title">{say(tableKinds[table].name)}</h2>
        <span className="tag">
          {data && t(`tables.source.${data.source}`, { edition: data.editions[0]?.edition ?? 0 })}
        </span>
        <span className="soft tables-about">{say(tableKinds[table].about)}</span>
      </header>
      <div className="tables-tools">
        {isAdmin && (
          <>
            <Button hotkey={hotkeys.rules.add} keyLabel={t("tables.add")} disabled={!mayAdd} onPress={add}>
              {t("tables.add")}
            </Button>
            <Button hotkey={hotkeys.rules.import} keyLabel={t("tables.import")} onPress={() => file.current?.click()}>
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
        <Button onPress={() => void write()}>{t("tables.export")}</Button>
        {isAdmin && data && data.source !== "default" && (
          <Button onPress={() => edit(data.defaults)}>{t("tables.default")}</Button>
        )}
        {now && (
          <>
            <input
              className="input tables-note"
              maxLength={200}
              value={note}
              placeholder={t("tables.note")}
              aria-label={t("tables.note")}
              onChange={(event) => setNote(event.target.value)}
            />
            <Button
              tone="next"
              hotkey={confirmKey}
              disabled={busy || grave > 0 || stale || !isAdmin || check?.changes.length === 0}
              onPress={() => void save()}
            >
              {t("tables.publish")}
            </Button>
            <Button disabled={steps.length === 0} onPress={undo}>
              {t("tables.undo")}
            </Button>
            <Button onPress={drop}>{t("tables.drop")}</Button>
          </>
        )}
      </div>
      <p className="tables-said" role="status">
        {said}
        {
          // Of a row that is not understood it is not known which one it changes.
          isClear &&
            t("tables.changes", { added: count("added"), changed: count("changed"), removed: count("removed") })
        }
        {kb >= largeKb && t("tables.large", { kb })}
        {grave > 0 && <b className="tables-grave">{t("tables.grave", { count: grave })}</b>}
        {!isAdmin && <span className="faint">{t("tables.read_only")}</span>}
      </p>
      {stale && now && data && (
        <p className="tables-stale">
          {t("tables.stale")}{" "}
          <Button onPress={() => put({ was: data.digest, cells: now.cells })}>{t("tables.stale.seen")}</Button>
        </p>
      )}
      {error && <ErrorNote error={error} />}
      {unread && <ErrorNote error={unread} again={again} />}
      {data ? (
        <TableGrid
          table={table}
          cells={cells}
          before={data.cells}
          problems={now ? (check?.problems ?? none) : none}
          readOnly={!isAdmin}
          handle={grid}
          onChange={edit}
          onUndo={undo}
        />
      ) : (
        <EmptyState title={t("tables.reading")} />
      )}
      {now && check && <Problems table={table} problems={check.problems} goTo={(spot) => grid.current?.focus(spot)} />}
      {data && (
        <Editions
          table={table}
          pending={isClear ? check.changes : []}
          editions={data.editions}
          differs={data.differs}
          rows={[...cells, ...data.cells, ...data.defaults]}
        />
      )}
    </section>
  );
}
