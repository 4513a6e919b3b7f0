import "./queue.css";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { AttachmentTray, Button, Dialog, ErrorNote, Key, useHotkey, useRested } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventRow, Thought } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Party } from "#shared/domain/duty-event/party.ts";
import type { DeskError } from "#shared/errors.ts";
import { IntakeAside } from "./IntakeAside.tsx";
import { IntakeFields } from "./IntakeFields.tsx";
import { IntakeSaved } from "./IntakeSaved.tsx";
import {
  emptyIntake,
  type Intake,
  isBlank,
  joinKept,
  problemOfIntake,
  readIntake,
  toTake,
  toThink,
  withPrefill,
  withStandingCategory,
  withThought,
} from "./intake-form.ts";
import { useTables } from "./use-tables.ts";

const draftKey = "intake";
const restMs = 200;

/** F2: a new event by keyboard alone. Enter sends it on its way, Ctrl+Enter only writes it down; Esc closes and keeps every word. */
export function IntakeDialog() {
  const t = useText();
  const close = usePage((page) => page.closeIntake);
  return (
    <Dialog title={t("intake.title")} onClose={close} className="intake">
      <IntakeForm close={close} />
    </Dialog>
  );
}

/** What the desk makes of the form as it stands; `undefined` while it has not thought about these words yet. */
function useThought(intake: Intake): { last: Thought | undefined; current: boolean } {
  const asked = useMemo(() => JSON.stringify(toThink(intake)), [intake]);
  const rested = useRested(asked, restMs);
  const { data, previous } = useDesk("intake.think", JSON.parse(rested) as ReturnType<typeof toThink>);
  return { last: data, current: rested === asked && !previous && data !== undefined };
}

const joinIntakes = (kept: string | null, typed: string): string =>
  JSON.stringify(joinKept(readIntake(kept), readIntake(typed)));

function IntakeForm({ close }: { close: () => void }) {
  const t = useText();
  const { intakePrefill, goTo, selectEvent } = usePage();
  const draft = useDraft(draftKey, joinIntakes);
  const { act, busy } = useAct("intake.take");
  const join = useAct("log.write");
  const tables = useTables();
  const [intake, setIntake] = useState<Intake>(() => withPrefill(emptyIntake, intakePrefill));
  /** What was kept is read and joined: from now on what stands here is what is kept. */
  const [joined, setJoined] = useState(false);
  /** A key that was pressed too early, and who was shown as lead then. */
  const [asked, setAsked] = useState<{ how: "dispatch" | "only"; lead: Party | null } | null>(null);
  const [restored, setRestored] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<DeskError>();
  const [saved, setSaved] = useState<DutyEvent>();
  const files = useDesk("attachment.staged", { key: draftKey });
  /** A file is being taken in: what is saved now would leave it behind. */
  const [attaching, setAttaching] = useState(false);
  const onBusy = useCallback((now: boolean, failed: boolean) => {
    setAttaching(now);
    // Nobody who wanted the file with it sends the event without seeing that it was refused.
    if (failed) setAsked(null);
  }, []);
  const form = useRef<HTMLFormElement>(null);

  const { kept, keep } = draft;
  useEffect(() => {
    if (kept === undefined || joined) return;
    const before = readIntake(kept);
    // In one go and at once: a key that comes between reading and drawing must not undo what was joined.
    queueMicrotask(() =>
      flushSync(() => {
        setJoined(true);
        setRestored(!isBlank(before));
        setIntake((typed) => joinKept(before, typed));
      }),
    );
  }, [kept, joined]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the form began with, and what was joined; later changes keep themselves
  useEffect(() => {
    if (!isBlank(intake)) keep(JSON.stringify(intake));
  }, [joined]);

  const { rows } = tables?.categories ?? {};
  const standing = rows ? withStandingCategory(intake, rows) : intake;
  const thought = useThought(standing);
  // What the desk proposes is part of the form as it is shown, sent and kept.
  const shown = isBlank(standing) || !thought.last ? standing : withThought(standing, thought.last, rows ?? []);

  const change = (next: Partial<Intake>) => {
    const changed = { ...shown, ...next };
    setIntake(changed);
    setError(undefined);
    setAsked(null);
    if (isBlank(changed)) draft.drop();
    else draft.keep(JSON.stringify(changed));
  };
  const clear = () => {
    setIntake(emptyIntake);
    setRestored(false);
    setTried(false);
    setError(undefined);
    draft.drop();
    form.current?.querySelector("textarea")?.focus();
  };
  const problem = tried ? problemOfIntake(shown) : null;

  const save = async (how: "dispatch" | "only") => {
    if (busy || saved) return;
    // Pressed before the kept words were read, a file was in, or the desk has thought about these: it is not lost, it waits.
    if (!joined || attaching) return setAsked({ how, lead: shown.lead });
    setTried(true);
    if (problemOfIntake(shown)) {
      form.current?.querySelector("textarea")?.focus();
      return;
    }
    // Nobody is sent out whom the officer has not seen: the desk thinks first, and if it proposes another a second Enter sends.
    if (how === "dispatch" && !thought.current && !shown.own.includes("lead"))
      return setAsked({ how, lead: shown.lead });
    setAsked(null);
    const outcome = await act({
      ...toTake(shown, how === "dispatch"),
      attachmentIds: (files.data?.items ?? []).map(({ id }) => id),
    });
    if (!outcome.ok) {
      setError(outcome.error);
      return;
    }
    draft.drop();
    setSaved(outcome.value.event);
  };
  const isSeen = asked !== null && JSON.stringify(asked.lead) === JSON.stringify(shown.lead);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when what the key waited for has come
  useEffect(() => {
    if (joined && !attaching && asked && (asked.how === "only" || (thought.current && isSeen))) void save(asked.how);
  }, [joined, attaching, asked, thought.current]);

  const joinEvent = async ({ id }: EventRow) => {
    const { text, callerName, callerPhone } = shown;
    if (!text.trim()) return setTried(true);
    const words = { kind: "call" as const, text: text.trim(), callerName, callerPhone, unit: "", eventId: id };
    const outcome = await join.act({ ...words, corrects: null, officerIds: [], assetIds: [] });
    if (!outcome.ok) return setError(outcome.error);
    draft.drop();
    close();
    selectEvent(id);
    goTo("queue", { eventId: id, view: "all" });
  };
  const pickOnMap = () => {
    close();
    goTo("map", { pick: "intake" });
  };
  useHotkey(hotkeys.intake.onMap, pickOnMap, { when: !saved });
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.altKey || event.shiftKey || event.repeat) return;
    const { tagName, type } = event.target as HTMLInputElement;
    if (tagName !== "TEXTAREA" && (tagName !== "INPUT" || type === "checkbox")) return;
    event.preventDefault();
    void save("dispatch");
  };

  if (saved)
    return (
      <IntakeSaved
        event={saved}
        close={close}
        again={() => {
          setSaved(undefined);
          clear();
        }}
      />
    );
  const waits = asked?.how === "dispatch" && thought.current && !isSeen && shown.lead;
  return (
    <form
      ref={form}
      className="intake-form"
      aria-label={t("intake.title")}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onEnter}
    >
      <div className="intake-fields">
        <IntakeFields
          intake={shown}
          change={change}
          tables={tables}
          thought={thought.last}
          problem={problem}
          pickOnMap={pickOnMap}
        />
        <AttachmentTray formKey={draftKey} active={!saved} onBusy={onBusy} />
      </div>
      <IntakeAside
        intake={shown}
        thought={isBlank(intake) ? undefined : thought.last}
        close={close}
        change={change}
        onJoin={(event) => void joinEvent(event)}
      />
      {error && <ErrorNote error={error} />}
      <div className="action-form-foot">
        <button
          type="button"
          className="button button-next"
          disabled={busy}
          aria-keyshortcuts="Enter"
          onClick={() => void save("dispatch")}
        >
          {shown.lead ? t("intake.dispatch", { lead: shown.lead.name }) : t("intake.save")} <Key name="Enter" />
        </button>
        {shown.lead && (
          <Button hotkey={confirmKey} keyLabel={t("intake.only")} disabled={busy} onPress={() => void save("only")}>
            {t("intake.only")}
          </Button>
        )}
        {!shown.lead && <OnlySave run={() => void save("only")} />}
        <Button onPress={close}>
          {t("intake.keep")} <Key name="Esc" />
        </Button>
        {waits && <b role="status">{t("intake.look_first", { lead: shown.lead?.name ?? "" })}</b>}
        {restored && !waits && (
          <>
            <span className="soft">{t("queue.draft.restored")}</span>
            <button type="button" className="button-link" onClick={clear}>
              {t("intake.clear")}
            </button>
          </>
        )}
      </div>
    </form>
  );
}

/** Without a lead there is only one thing to do; Ctrl+Enter does it too. */
function OnlySave({ run }: { run: () => void }) {
  useHotkey(confirmKey, run);
  return null;
}
