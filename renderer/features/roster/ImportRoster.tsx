import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useHandOn } from "#renderer/parts/focus-here.ts";
import { Button, ErrorNote, FileButton } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { RosterReadingView, Tables } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { ImportSum } from "./ImportSum.tsx";
import { beginImport, meet, mostKilobytes, readPasted, readSheetFile, useImporting } from "./importing.ts";
import { mayPlan } from "./pick.ts";
import { SheetPreview } from "./SheetPreview.tsx";
import { SheetQuestions } from "./SheetQuestions.tsx";
import type { Wording } from "./sheet-words.ts";

interface Props {
  readonly tables: Tables;
  readonly onLeave: () => void;
  readonly onDone: (words: string, month?: string) => void;
}

/** A roster as somebody made it in a spreadsheet: read, asked about, and published when nothing is left to ask. */
export function ImportRoster({ tables, onLeave, onDone }: Props) {
  const t = useText();
  const session = useDesk("session.current", {});
  const people = useDesk("officer.list", {});
  const me = session.data?.officer?.id ?? "";
  const state = useImporting();
  const mine = state.by === me;
  const file = mine ? state.file : null;
  const answers = state.answers;
  const { act: read, busy: reading } = useAct("sheet.readRoster");
  const { act: take, busy: taking } = useAct("sheet.takeRoster");
  const [seen, setSeen] = useState<RosterReadingView>();
  const [error, setError] = useState<DeskError>();
  const [looked, setLooked] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const page = useRef<HTMLElement>(null);
  const choose = useRef<HTMLInputElement>(null);

  const officers = useMemo(() => people.data?.officers ?? [], [people.data]);
  const words = useMemo<Wording>(() => {
    const names = new Map(officers.map((officer) => [officer.id, officer.name]));
    return { t, rules: tables.roster, nameOf: (id) => names.get(id) ?? id };
  }, [t, tables.roster, officers]);

  useEffect(() => {
    if (!file) return;
    let gone = false;
    void read({ ...file, answers }).then((outcome) => {
      if (gone) return;
      setError(outcome.ok ? undefined : outcome.error);
      if (!outcome.ok) return;
      setSeen(outcome.value);
      meet([
        ...outcome.value.questions.map((question) => ({ question })),
        ...outcome.value.recalled.map(({ question, answer }) => ({ question, recalled: answer })),
      ]);
    });
    return () => {
      gone = true;
    };
  }, [file, answers, read]);

  /** The next thing to do: an open question, else the button that publishes. */
  const next = useCallback(
    () =>
      page.current?.querySelector<HTMLElement>(".is-open :is(input, select)") ??
      page.current?.querySelector<HTMLElement>(".import-publish"),
    [],
  );
  const goOn = useCallback(() => void requestAnimationFrame(() => next()?.focus()), [next]);
  // The button can be pressed when the answers have been read.
  useHandOn(`${reading} ${seen?.questions.length}`, next);
  const first = seen !== undefined;
  useEffect(() => {
    if (first) goOn();
    else choose.current?.focus();
  }, [first, goOn]);

  const open = useCallback(
    async (chosen: File | undefined) => {
      if (!chosen) return;
      const sheet = await readSheetFile(chosen);
      if (!sheet.ok) return setError(sheet.error);
      setSeen(undefined);
      setError(undefined);
      beginImport(me, sheet.value);
    },
    [me],
  );

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData;
      const text = pasted?.getData("text/plain") ?? "";
      const [chosen] = pasted?.files ?? [];
      if (!chosen && !text.includes("\t")) return;
      event.preventDefault();
      if (chosen) return void open(chosen);
      void readPasted(text, t("roster.sheet.pasted")).then((sheet) => {
        if (!sheet.ok) return setError(sheet.error);
        setSeen(undefined);
        setError(undefined);
        beginImport(me, sheet.value);
      });
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [open, me, t]);

  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      void open(event.dataTransfer.files[0]);
    },
  };

  const allowed = mayPlan(session.data?.officer?.grade);
  const ready = file !== null && seen !== undefined && !error && !reading && seen.questions.length === 0;
  async function publish(): Promise<void> {
    if (!file) return;
    const outcome = await take({ ...file, answers });
    if (!outcome.ok) return setError(outcome.error);
    const { months, changed } = outcome.value;
    beginImport(me, null);
    if (months.length === 0) onDone(t("roster.sheet.same"));
    else
      onDone(
        t("roster.sheet.done", { months: months.map(monthText).join(t("roster.list_mark")), places: changed }),
        months[0],
      );
  }

  return (
    <section
      className={`roster-place ${over ? "is-over" : ""}`}
      aria-label={t("roster.import")}
      aria-busy={reading || taking}
      ref={page}
      {...drop}
    >
      <header className="roster-head">
        <h1 className="import-title">{t("roster.import")}</h1>
        <span className="import-file">{file?.fileName}</span>
        <FileButton next={!file} input={choose} accept=".xlsx,.csv,.txt" onFile={(chosen) => void open(chosen)}>
          {t(file ? "roster.sheet.other_file" : "roster.sheet.file")}
        </FileButton>
        <span className="roster-said" role="status">
          {reading && t("roster.sheet.reading")}
        </span>
        <Button onPress={onLeave} hotkey={backKey} keyLabel={t("roster.sheet.leave")}>
          {t("roster.sheet.leave")}
        </Button>
        <Button
          className="import-publish"
          tone="next"
          hotkey={confirmKey}
          keyLabel={t("roster.sheet.publish")}
          disabled={!ready || taking || !allowed || seen?.count === 0}
          onPress={() => void publish()}
        >
          {t("roster.sheet.publish")}
        </Button>
      </header>
      {error && <ErrorNote error={error} />}
      {!allowed && session.data && <p className="import-hint">{t("roster.not_allowed")}</p>}
      {!file || !seen ? (
        <div className="import-begin">
          <p className="import-lead">{t("roster.sheet.begin")}</p>
          <p>{t("roster.sheet.limits", { most: mostKilobytes })}</p>
          <p>{t("roster.sheet.nothing_yet")}</p>
        </div>
      ) : (
        <div className="roster-body">
          <div className="roster-main">
            <SheetPreview sheets={seen.sheets} words={words} asked={looked} />
            <p className="roster-keys">{t("roster.sheet.legend")}</p>
          </div>
          <aside className="roster-side is-import">
            <SheetQuestions
              open={seen.questions}
              officers={officers}
              words={words}
              onLook={setLooked}
              onAnswered={goOn}
            />
            <ImportSum reading={seen} words={words} />
          </aside>
        </div>
      )}
    </section>
  );
}
