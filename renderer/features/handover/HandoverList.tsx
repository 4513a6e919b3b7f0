import { useDeferredValue, useMemo, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, SyncMark, VirtualRows } from "#renderer/parts/index.ts";
import { dutyDayText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft, OutputOf } from "#shared/contract.ts";
import { useShiftWord } from "./record-words.ts";

type Past = OutputOf<"handover.list">["handovers"][number];
type Row = { readonly key: string; readonly past: Past | undefined };

/** Row of the list that stands for the handover being made now. */
export const present = "";

/** Most rows at once; older ones are found by their words. */
const most = 200;

/** Handovers, newest first, and a search through everything that they say. */
export function HandoverList({
  draft,
  done,
  shown,
  onShow,
}: {
  draft: HandoverDraft | undefined;
  /** The present handover, once both sides have signed it. */
  done: string | undefined;
  shown: string;
  onShow: (id: string) => void;
}) {
  const t = useText();
  const [words, setWords] = useState("");
  const search = useDeferredValue(words);
  const list = useDesk("handover.list", { search, limit: most });
  const rows = useMemo<Row[]>(
    () => [
      ...(done || search ? [] : [{ key: present, past: undefined }]),
      ...(list.data?.handovers ?? [])
        .filter((one) => done || search || one.id !== draft?.handoverId)
        .map((past) => ({ key: past.id, past })),
    ],
    [list.data, draft, done, search],
  );
  return (
    <nav className="handover-list" aria-label={t("handover.list")}>
      <header className="handover-list-head">
        <h2>{t("handover.list")}</h2>
        <input
          className="input"
          type="search"
          value={words}
          maxLength={80}
          placeholder={t("handover.search")}
          aria-label={t("handover.search")}
          onChange={(event) => setWords(event.target.value)}
        />
      </header>
      {list.error && <ErrorNote error={list.error} again={list.again} />}
      <VirtualRows
        rows={rows}
        rowKey={(row) => row.key}
        label={t("handover.list")}
        selectedKey={shown}
        rowHeight={60}
        onSelect={(row) => onShow(row.key)}
        empty={<p className="handover-words">{t(search ? "handover.search.none" : "handover.list.none")}</p>}
        row={(row) => (row.past ? <PastRow past={row.past} /> : <PresentRow draft={draft} />)}
      />
      {list.data?.next && <p className="handover-words handover-list-more">{t("handover.list.more", { most })}</p>}
    </nav>
  );
}

function PresentRow({ draft }: { draft: HandoverDraft | undefined }) {
  const t = useText();
  const shiftWord = useShiftWord();
  return (
    <span className="handover-row">
      <b>{t("handover.present")}</b>
      {draft && (
        <>
          <span>
            {dutyDayText(draft.record.on)} {shiftWord(draft.record.shiftName)}
          </span>
          <span className="soft">{t(`handover.phase.${draft.phase}`)}</span>
        </>
      )}
    </span>
  );
}

function PastRow({ past }: { past: Past }) {
  const t = useText();
  const shiftWord = useShiftWord();
  return (
    <span className="handover-row">
      <span>
        {dutyDayText(past.on)} {shiftWord(past.shiftName)}
        {past.phase !== "sealed" && <b className="handover-phase-mark">{t(`handover.phase.${past.phase}`)}</b>}
      </span>
      <span className="soft">
        {past.outgoing} → {past.incoming || t("handover.not_signed")}
      </span>
      <SyncMark sync={past.sync} short />
    </span>
  );
}
