import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { focusHere } from "#renderer/parts/focus-here.ts";
import { Button, EmptyState, ErrorNote, SyncMark } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { LayerView } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { askedText, courseText, emptiedText, restText, type Words } from "./layer-words.ts";
import { SubPlace } from "./SubPlace.tsx";

type Step = LayerView["may"][number];

/** What waits for nobody's consent waits to be approved. */
const stateWord = ({ entry, waitsFor }: LayerView): string =>
  entry.state === "approved" && entry.ended ? "ended" : entry.state === "asked" && !waitsFor ? "agreed" : entry.state;

/** What waits for a consent or an approval, and what lies over the plan: each answered with one key. */
export function LayersPlace({ words, onLeave }: { words: Words; onLeave: () => void }) {
  const t = useText();
  const answer = useDesk("roster.layers", {});
  const { act, busy } = useAct("roster.step");
  const [at, setAt] = useState(0);
  const [said, setSaid] = useState("");
  const [error, setError] = useState<DeskError>();
  const [refusing, setRefusing] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const isMine = ({ may }: LayerView) => may.includes("agree") || may.includes("approve");
  const all = answer.data?.layers ?? [];
  const layers = [...all.filter(isMine), ...all.filter((layer) => !isMine(layer))];
  const here = Math.min(at, Math.max(0, layers.length - 1));
  const chosen = layers[here];

  const id = chosen?.entry.id;
  useEffect(() => {
    if (id) list.current?.querySelector<HTMLElement>(`[data-layer="${id}"]`)?.focus();
  }, [id]);

  async function step(layer: LayerView, name: Step, reason = ""): Promise<boolean> {
    const outcome = await act({ id: layer.entry.id, step: name, reason });
    if (outcome.ok) setRefusing(undefined);
    setError(outcome.ok ? undefined : outcome.error);
    setSaid(outcome.ok ? t(`roster.step.done.${name}`, { what: askedText(layer, words) }) : "");
    answer.again();
    return outcome.ok;
  }
  function onKeyDown(event: KeyboardEvent): void {
    if ((event.target as HTMLElement).tagName === "INPUT") return;
    if (event.key === "ArrowDown") setAt(Math.min(layers.length - 1, here + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, here - 1));
    else return;
    event.preventDefault();
  }
  const yes: Step | undefined = chosen?.may.includes("agree")
    ? "agree"
    : chosen?.may.includes("approve")
      ? "approve"
      : undefined;

  return (
    <SubPlace title={t("roster.layers")} onLeave={onLeave} said={said}>
      {error && <ErrorNote error={error} />}
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      {answer.data && layers.length === 0 && (
        <EmptyState title={t("roster.layers.none")}>{t("roster.layers.how")}</EmptyState>
      )}
      <div
        className="roster-layers"
        role="listbox"
        aria-label={t("roster.layers")}
        tabIndex={-1}
        ref={list}
        onKeyDown={onKeyDown}
      >
        {layers.map((layer, index) => (
          <div key={layer.entry.id} role="presentation">
            {index === 0 && isMine(layer) && (
              <p className="roster-layers-head" aria-hidden="true">
                {t("roster.layers.for_me")}
              </p>
            )}
            {!isMine(layer) && (index === 0 || isMine(layers[index - 1] ?? layer)) && (
              <p className="roster-layers-head" aria-hidden="true">
                {t("roster.layers.others")}
              </p>
            )}
            <div
              role="option"
              aria-selected={index === here}
              tabIndex={index === here ? 0 : -1}
              className="roster-layer"
              data-layer={layer.entry.id}
              onFocus={() => setAt(index)}
            >
              <span className={`roster-layer-kind is-${layer.entry.kind}`}>
                {t(`roster.layer.${layer.entry.kind}`)}
              </span>
              <span className="roster-layer-words">
                <strong>{askedText(layer, words)}</strong>
                {layer.entry.reason && <span>{t("roster.layer.reason", { reason: layer.entry.reason })}</span>}
                <span className="roster-layer-course">{courseText(layer, words).join(t("roster.plan.then"))}</span>
                {layer.gaps.length > 0 && <span className="roster-rest">{emptiedText(layer.gaps, words)}</span>}
                {layer.rests.map((rest) => (
                  <span key={`${rest.officerId} ${rest.offAt}`} className="roster-rest">
                    {restText(rest, words)}
                  </span>
                ))}
              </span>
              <span className={`roster-layer-state is-${layer.entry.state}`}>
                {t(`roster.layer.state.${stateWord(layer)}`)}
              </span>
              <SyncMark sync={layer.sync} />
            </div>
          </div>
        ))}
      </div>
      {chosen && (
        <footer className="roster-layer-tools">
          {refusing === chosen.entry.id ? (
            <RefuseForm
              id={chosen.entry.id}
              busy={busy}
              onLeave={() => setRefusing(undefined)}
              onRefuse={(reason) => step(chosen, "refuse", reason)}
            />
          ) : (
            <>
              {yes && (
                <Button
                  tone="next"
                  hotkey={hotkeys.layers.agree}
                  keyLabel={t(`roster.step.${yes}`)}
                  disabled={busy}
                  onPress={() => void step(chosen, yes)}
                >
                  {t(`roster.step.${yes}`)}
                </Button>
              )}
              {chosen.may.includes("refuse") && (
                <Button
                  hotkey={hotkeys.layers.refuse}
                  keyLabel={t("roster.step.refuse")}
                  disabled={busy}
                  onPress={() => setRefusing(chosen.entry.id)}
                >
                  {t("roster.step.refuse")}
                </Button>
              )}
              {(["withdraw", "end"] as const).map(
                (name) =>
                  chosen.may.includes(name) && (
                    <Button
                      key={name}
                      hotkey={hotkeys.layers[name]}
                      keyLabel={t(`roster.step.${name}`)}
                      disabled={busy}
                      onPress={() => void step(chosen, name)}
                    >
                      {t(`roster.step.${name}`)}
                    </Button>
                  ),
              )}
              {chosen.may.length === 0 && <span className="roster-hint">{t("roster.layers.not_mine")}</span>}
            </>
          )}
        </footer>
      )}
    </SubPlace>
  );
}

function RefuseForm(props: {
  id: string;
  busy: boolean;
  onLeave: () => void;
  onRefuse: (reason: string) => Promise<boolean>;
}) {
  const t = useText();
  const { typed, type, drop } = useTyped(`refuse:${props.id}`, { reason: "" });
  const reason = typed.reason.trim();
  const refuse = () => {
    if (reason !== "" && !props.busy) void props.onRefuse(reason).then((isDone) => isDone && drop());
  };
  return (
    <form
      className="roster-refuse"
      onSubmit={(event) => {
        event.preventDefault();
        refuse();
      }}
    >
      <input
        className="input"
        ref={focusHere}
        aria-label={t("roster.step.refuse_why")}
        placeholder={t("roster.step.refuse_why")}
        maxLength={200}
        value={typed.reason}
        onChange={(event) => type({ reason: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          props.onLeave();
        }}
      />
      <Button submit disabled={reason === "" || props.busy} onPress={refuse}>
        {t("roster.step.refuse")}
      </Button>
    </form>
  );
}
