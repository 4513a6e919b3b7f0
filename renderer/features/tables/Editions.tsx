import { useRef, useState } from "react";
import { Key, SyncMark, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { EditionView } from "#shared/contract.ts";
import type { RowChange } from "#shared/domain/table/edition.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import { ChangeLines, useNames } from "./ChangeLines.tsx";
import { stepLines } from "./step-lines.ts";

type Rows = readonly (readonly string[])[];

/**
 * What is about to be published; who set which edition, when, why, what it changed and where it stands with the district; and how the
 * present one differs from the default. An earlier one is brought back into the edits from here.
 */
export function Editions(props: {
  readonly table: TableName;
  readonly pending: readonly RowChange[];
  readonly editions: readonly EditionView[];
  /** Own ones that the district did not take. */
  readonly refused: readonly EditionView[];
  readonly differs: readonly RowChange[];
  /** Rows as they are or were: what is called by its code has its name there. */
  readonly rows: Rows;
  /** `undefined`: this officer may not. */
  readonly bring: ((edition: EditionView, isRefused: boolean) => void) | undefined;
}) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const panel = useRef<HTMLDetailsElement>(null);
  const { table, pending, editions, refused, differs, bring } = props;
  const turn = () => {
    setOpen(!isOpen);
    // Drawn only now: the hand goes to the first edition that can be brought back, else to the head.
    if (!isOpen)
      requestAnimationFrame(() =>
        (
          panel.current?.querySelector<HTMLElement>("li > p button") ??
          panel.current?.querySelector<HTMLElement>("summary")
        )?.focus(),
      );
  };
  useHotkey(hotkeys.rules.editions, turn, { label: t("tables.key.editions") });
  const nameOf = useNames(table, props.rows);
  const lines = (changes: readonly RowChange[]) => <ChangeLines table={table} changes={changes} nameOf={nameOf} />;
  const edition = (one: EditionView, place: "present" | "past" | "refused") => (
    <li key={`${one.edition}/${one.at}/${one.opId}`}>
      <p>
        <b>{t("tables.edition", { edition: one.edition })}</b> <span className="figures">{dateText(one.at)}</span>{" "}
        {one.from === "district" ? t("tables.by_district") : one.byName} {one.note && `“${one.note}” `}
        <span className="soft">
          {one.changes.length === 0 && one.added + one.changed + one.removed === 0
            ? t("tables.first", { rows: one.rows })
            : t("tables.counts", { added: one.added, changed: one.changed, removed: one.removed })}
        </span>{" "}
        {one.sync ? <SyncMark sync={one.sync} /> : <span className="faint">{t("tables.sync_unknown")}</span>}{" "}
        {place === "present" && <span className="tag">{t("tables.present")}</span>}
        {place !== "present" && one.opId === null && <span className="faint">{t("tables.not_kept")}</span>}
        {place !== "present" && one.opId !== null && bring && (
          <button type="button" className="button-link" onClick={() => bring(one, place === "refused")}>
            {t(place === "refused" ? "tables.take_up" : "tables.bring", { edition: one.edition })}
          </button>
        )}
      </p>
      {lines(one.changes)}
    </li>
  );
  return (
    <details
      ref={panel}
      className="tables-editions"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={stepLines}
    >
      <summary>
        {editions.length === 0
          ? t("tables.editions.none")
          : t("tables.editions", { count: editions.length, differs: differs.length })}
        {refused.length > 0 && t("tables.refused.count", { count: refused.length })}
        {pending.length > 0 && t("tables.pending.count", { count: pending.length })}{" "}
        <Key name={hotkeys.rules.editions} />
      </summary>
      {pending.length > 0 && (
        <>
          <h3>{t("tables.pending")}</h3>
          {lines(pending)}
        </>
      )}
      {refused.length > 0 && (
        <>
          <h3>{t("tables.refused")}</h3>
          <ol>{refused.map((one) => edition(one, "refused"))}</ol>
        </>
      )}
      <ol>{editions.map((one, at) => edition(one, at === 0 ? "present" : "past"))}</ol>
      {differs.length > 0 && (
        <>
          <h3>{t("tables.differs")}</h3>
          {lines(differs)}
        </>
      )}
    </details>
  );
}
