import type { SheetTable as Table } from "#shared/domain/sheet-table.ts";

/** A table of an official sheet. */
export function SheetTable({ columns, rows }: Table) {
  return (
    <table className={columns[0]?.figures ? "sheet-table" : "sheet-table is-words"}>
      <colgroup>
        {columns.map(({ name, share }) => (
          <col key={name} width={share === null ? undefined : `${share}%`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stand where they stand
          <tr key={row}>
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stand where they stand
              <td key={index}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
