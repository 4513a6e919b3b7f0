import { Paper } from "#renderer/parts/index.ts";
import type { Sheet } from "#shared/domain/handover/sheet.ts";
import { SheetView } from "./SheetView.tsx";

/** The sheet on A4: not on screen, only on paper and in the PDF, where nothing else is. */
export function HandoverPaper({ sheet }: { sheet: Sheet }) {
  return (
    <Paper>
      <SheetView sheet={sheet} />
    </Paper>
  );
}
