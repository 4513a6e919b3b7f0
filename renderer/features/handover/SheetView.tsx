import type { ReactNode } from "react";
import { SheetHead } from "#renderer/parts/index.ts";
import type { Sheet, SheetBlock } from "#shared/domain/handover/sheet.ts";
import { QrCode } from "./QrCode.tsx";

/** A sheet as it is read on screen and printed: the same parts, another style. `onOpen`: an event of it can be opened. */
export function SheetView({ sheet, onOpen }: { sheet: Sheet; onOpen?: (eventId: string) => void }): ReactNode {
  return (
    <div className="sheet">
      <SheetHead sheet={sheet} />
      {sheet.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a sheet stand where they stand
        <Block key={index} block={block} onOpen={onOpen} />
      ))}
      <div className="sheet-signatures">
        {sheet.signatures.map((one) => (
          <div key={one.side}>
            <p className="sheet-side">{one.side}</p>
            <p className="sheet-name">{one.name}</p>
            <p>{one.at}</p>
            {one.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        ))}
      </div>
      <footer className="sheet-foot">
        {sheet.code && (
          <>
            <QrCode text={sheet.code.qr} />
            <p className="sheet-code">
              {sheet.code.name} <b>{sheet.code.short}</b>
            </p>
          </>
        )}
        {sheet.foot.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </footer>
    </div>
  );
}

function Block({ block, onOpen }: { block: SheetBlock; onOpen: ((eventId: string) => void) | undefined }) {
  if (block.kind === "facts")
    return (
      <table className="sheet-facts">
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.name} className={row.lines.length > 6 ? "is-long" : undefined}>
              <th scope="row">{row.name}</th>
              <td>
                {row.lines.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
                  <p key={index}>{line}</p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  return (
    <>
      <h2>{block.title}</h2>
      {block.rows.length > 0 && (
        <table className="sheet-table">
          <colgroup>
            {block.columns.map((column) => (
              <col key={column.name} width={`${column.width}%`} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(({ cells, eventId }) => (
              <tr key={eventId}>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns stand where they stand
                  <td key={index}>
                    {index === 0 && onOpen ? (
                      <button type="button" className="sheet-open" onClick={() => onOpen(eventId)}>
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
