import { say, useText } from "#renderer/text/text.ts";
import { type Board, boardNames, boards } from "#shared/domain/duty-event/event.ts";

/** Which board is mine: said once, kept for this officer. */
export function MyBoard({ board, onChoose }: { board: Board | null; onChoose: (board: Board) => void }) {
  const t = useText();
  return (
    <fieldset className="my-board" aria-label={t("queue.my_board")}>
      <span className="soft">{t("queue.my_board")}</span>
      {boards.map((one) => (
        <button
          key={one}
          type="button"
          className="filter-press"
          aria-pressed={one === board}
          onClick={() => onChoose(one)}
        >
          {say(boardNames[one])}
        </button>
      ))}
    </fieldset>
  );
}
