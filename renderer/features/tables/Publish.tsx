import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Edited } from "./edits.ts";

/** TB-1: the edits become the next edition of their table, with the reason for it. */
export function Publish(props: {
  readonly table: TableName;
  readonly edited: Edited;
  readonly may: boolean;
  readonly note: (words: string) => void;
  /** `own`: what was published; more may have been typed since. */
  readonly published: (edition: number, own: Edited) => void;
  readonly failed: (error: DeskError) => void;
}) {
  const t = useText();
  const { table, edited, may, note, published, failed } = props;
  const { act: publish, busy } = useAct("table.publish");
  const save = async () => {
    if (busy) return;
    const { was, cells } = edited;
    const outcome = await publish({ table, cells: cells.map((row) => [...row]), was, note: edited.note ?? "" });
    if (outcome.ok) published(outcome.value.edition, edited);
    else failed(outcome.error);
  };
  return (
    <>
      <input
        className="input tables-note"
        maxLength={200}
        value={edited.note ?? ""}
        placeholder={t("tables.note")}
        aria-label={t("tables.note")}
        onChange={(event) => note(event.target.value)}
      />
      <Button tone="next" hotkey={confirmKey} disabled={busy || !may} onPress={() => void save()}>
        {t("tables.publish")}
      </Button>
    </>
  );
}
