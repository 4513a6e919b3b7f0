import "./queue.css";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { AttachmentTray, Button, Dialog, ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { DeskError } from "#shared/errors.ts";
import { IntakeFields } from "./IntakeFields.tsx";
import { IntakeSaved } from "./IntakeSaved.tsx";
import {
  emptyIntake,
  type Intake,
  isBlank,
  joinKept,
  problemOfIntake,
  readIntake,
  toReport,
  withCover,
  withPrefill,
  withProposal,
} from "./intake-form.ts";
import { SimilarEvents } from "./SimilarEvents.tsx";

const draftKey = "intake";
const restMs = 250;

/** F2: a new event by keyboard alone. Ctrl+Enter saves; Esc closes and keeps every word. */
export function IntakeDialog() {
  const t = useText();
  const close = usePage((page) => page.closeIntake);
  return (
    <Dialog title={t("intake.title")} onClose={close} className="intake">
      <IntakeForm close={close} />
    </Dialog>
  );
}

function IntakeForm({ close }: { close: () => void }) {
  const t = useText();
  const { intakePrefill, goTo } = usePage();
  const draft = useDraft(draftKey);
  const { act, busy } = useAct("event.report");
  const tables = useDesk("system.tables", {});
  const [intake, setIntake] = useState<Intake>(() => withPrefill(emptyIntake, intakePrefill));
  /** What was kept is read and joined: from now on what stands here is what is kept. */
  const [joined, setJoined] = useState(false);
  const [asked, setAsked] = useState(false);
  const [restored, setRestored] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<DeskError>();
  const [saved, setSaved] = useState<DutyEvent>();
  const files = useDesk("attachment.staged", { key: draftKey });
  /** A file is being taken in: what is saved now would leave it behind. */
  const [attaching, setAttaching] = useState(false);
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, what was joined; later changes keep themselves
  useEffect(() => {
    if (joined && !isBlank(intake)) keep(JSON.stringify(intake));
  }, [joined]);

  const text = useRested(intake.text.trim());
  const proposal = useDesk("event.propose", { text }, { enabled: text !== "" });
  const proposed = text === "" || proposal.previous ? undefined : proposal.data;
  const cover = useDesk("map.cover", intake.point ?? { lng: 0, lat: 0 }, { enabled: intake.point !== null });
  const covered = intake.point && !cover.previous ? (cover.data?.cover ?? null) : null;
  // What the desk proposes is part of the form as it is shown, sent and kept.
  const shown = withCover(proposed ? withProposal(intake, proposed.category) : intake, covered);

  const change = (next: Partial<Intake>) => {
    const changed = { ...shown, ...next };
    setIntake(changed);
    setError(undefined);
    if (!joined) return;
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

  const save = async () => {
    if (busy || saved || attaching) return;
    // Pressed before the kept words were read: it is not lost, it waits for them.
    if (!joined) return setAsked(true);
    setTried(true);
    if (problemOfIntake(shown)) {
      form.current?.querySelector("textarea")?.focus();
      return;
    }
    const outcome = await act({ ...toReport(shown), attachmentIds: (files.data?.items ?? []).map(({ id }) => id) });
    if (!outcome.ok) {
      setError(outcome.error);
      return;
    }
    draft.drop();
    setSaved(outcome.value.event);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when what was kept has been joined
  useEffect(() => {
    if (joined && asked) void save();
  }, [joined]);
  const pickOnMap = () => {
    close();
    goTo("map", { pick: "intake" });
  };
  useHotkey("Alt+m", pickOnMap, { when: !saved });

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
  return (
    <form
      ref={form}
      className="intake-form"
      aria-label={t("intake.title")}
      onSubmit={(event) => event.preventDefault()}
    >
      <IntakeFields
        intake={shown}
        change={change}
        tables={tables.data}
        reason={proposed?.category ? proposed.reason : ""}
        cover={covered}
        problem={problem}
        pickOnMap={pickOnMap}
      />
      <AttachmentTray formKey={draftKey} active={!saved} onBusy={setAttaching} />
      <SimilarEvents intake={shown} close={close} />
      {error && <ErrorNote error={error} />}
      <div className="action-form-foot">
        <Button
          tone="next"
          hotkey="Ctrl+Enter"
          keyLabel={t("intake.save")}
          disabled={busy || attaching}
          onPress={() => void save()}
        >
          {t("intake.save")}
        </Button>
        <Button onPress={close}>
          {t("intake.keep")} <Key name="Esc" />
        </Button>
        {restored && (
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

/** The value when the hand has rested. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
