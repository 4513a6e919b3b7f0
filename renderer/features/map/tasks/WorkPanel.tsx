import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ChoiceRow, ErrorNote, TextRow, WordsRow } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { countText, phoneText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { InputOf, Task } from "#shared/contract.ts";
import { type Level, levelNames, levels } from "#shared/domain/duty-event/event.ts";
import type { DeskError } from "#shared/errors.ts";
import { KindIcon } from "../KindIcon.tsx";
import { useMapTools } from "../map-tools.ts";

/** From a selection to work: what is meant, one task for each point or grid, seen before it is made. */
export function WorkPanel({ nameOf }: { nameOf: (kind: string) => string }) {
  const t = useText();
  const { picked, area, set } = useMapTools();
  const [per, setPer] = useState<"point" | "grid">("point");
  /** Kinds that count inside the area; `undefined`: nobody has said yet. */
  const [kinds, setKinds] = useState<readonly string[]>();
  const { typed, type, drop } = useTyped("work", { title: "", text: "", level: "normal" as Level });
  const [left, setLeft] = useState<readonly string[]>([]);
  const [error, setError] = useState<DeskError>();
  const [made, setMade] = useState<{ group: string; count: number }>();
  const { act, busy } = useAct("work.create");

  const chosen = area || picked.length > 0;
  const input: InputOf<"work.plan"> = {
    area: (area as InputOf<"work.plan">["area"]) ?? null,
    ids: picked.flatMap((pin) => (pin.type === "asset" ? pin.mark.id : [])),
    per,
    title: typed.title,
    // Nothing is taken for meant before a person says so; whole grids need no kind.
    ...(kinds ? { kinds: [...kinds] } : area && per === "point" ? { kinds: [] } : {}),
  };
  const plan = useDesk("work.plan", input, { enabled: Boolean(chosen) });
  const data = chosen ? plan.data : undefined;
  const keyOf = ({ place }: Task) => `${place.text}@${place.point?.lng},${place.point?.lat}`;
  const tasks = (data?.tasks ?? []).filter((task) => !left.includes(keyOf(task)));

  function drawArea(shape: "Polygon" | "Rectangle"): void {
    setMade(undefined);
    const done = (geometry: NonNullable<typeof area>) => {
      setKinds(undefined);
      setLeft([]);
      set({ area: geometry });
    };
    set({ sketch: { shape, purpose: t("work.sketch"), done } });
  }

  async function create(): Promise<void> {
    if (busy || tasks.length === 0 || typed.text.trim() === "") return;
    const done = await act({
      tasks: tasks.map(({ title: name, place }) => ({ title: name, place })),
      text: typed.text.trim(),
      level: typed.level,
    });
    if (!done.ok) return setError(done.error);
    setError(undefined);
    setMade({ group: done.value.group, count: done.value.events.length });
    drop();
    set({ area: undefined, picked: [] });
  }

  return (
    <section className="map-work" aria-labelledby="map-work-title">
      <header className="map-side-head">
        <h2 id="map-work-title">{t("work.title")}</h2>
        {chosen && (
          <Button className="map-quiet-button" onPress={() => set({ area: undefined, picked: [] })}>
            {t("work.clear")}
          </Button>
        )}
      </header>
      <div className="map-facts">
        {made && <Made {...made} />}
        {!chosen && <p className="map-hint">{t("work.hint")}</p>}
        <div className="map-buttons">
          <Button hotkey={hotkeys.work.box} keyLabel={t("work.box")} onPress={() => drawArea("Rectangle")}>
            {t("work.box")}
          </Button>
          <Button hotkey={hotkeys.work.lasso} keyLabel={t("work.lasso")} onPress={() => drawArea("Polygon")}>
            {t("work.lasso")}
          </Button>
        </div>
        {picked.length > 0 && <p>{t("work.picked", { count: picked.length })}</p>}
        {data && area && (
          <fieldset className="work-kinds">
            <legend className="label">{t("work.inside")}</legend>
            {Object.entries(data.inside)
              .sort(([, a], [, b]) => b - a)
              .map(([kind, count]) => (
                <label key={kind} className="map-toggle">
                  <input
                    type="checkbox"
                    checked={kinds?.includes(kind) ?? false}
                    onChange={(event) =>
                      setKinds(
                        event.target.checked ? [...(kinds ?? []), kind] : (kinds ?? []).filter((one) => one !== kind),
                      )
                    }
                  />
                  <span className="map-toggle-name">
                    <KindIcon kind={kind} name={nameOf(kind)} />
                    {nameOf(kind)}
                  </span>
                  <span className="map-toggle-count">{countText(count)}</span>
                </label>
              ))}
            {Object.keys(data.inside).length === 0 && <p className="faint">{t("work.inside.none")}</p>}
          </fieldset>
        )}
        {chosen && (
          <>
            <ChoiceRow
              label={t("work.per")}
              value={per}
              choices={(["point", "grid"] as const).map((one) => [one, t(`work.per.${one}`)])}
              onChange={setPer}
            />
            <TextRow
              label={t("work.task.title")}
              value={typed.title}
              maxLength={60}
              onChange={(title) => type({ title })}
            />
            <WordsRow
              label={t("work.task.text")}
              value={typed.text}
              maxLength={2000}
              onChange={(text) => type({ text })}
            />
            <ChoiceRow
              label={t("work.level")}
              value={typed.level}
              choices={levels.map((one) => [one, say(levelNames[one])])}
              onChange={(level) => type({ level })}
            />
          </>
        )}
        {plan.error && <ErrorNote error={plan.error} again={plan.again} />}
        {error && <ErrorNote error={error} />}
        {chosen && (
          <Button
            tone="next"
            hotkey={confirmKey}
            keyLabel={t("work.create.key")}
            disabled={busy || tasks.length === 0 || typed.text.trim() === ""}
            onPress={() => void create()}
          >
            {t("work.create", { count: tasks.length })}
          </Button>
        )}
      </div>
      {data && (
        <section className="work-preview" aria-label={t("work.preview")}>
          <p className="work-preview-head">
            {t(data.total > data.tasks.length ? "work.preview.cut" : "work.preview.count", {
              count: tasks.length,
              total: data.total,
            })}
          </p>
          <ul>
            {data.tasks.map((task) => (
              <li key={keyOf(task)}>
                <label className="work-task">
                  <input
                    type="checkbox"
                    checked={!left.includes(keyOf(task))}
                    onChange={(event) =>
                      setLeft(event.target.checked ? left.filter((one) => one !== keyOf(task)) : [...left, keyOf(task)])
                    }
                  />
                  <span className="work-task-title">{task.title}</span>
                  <span className="work-task-who">
                    {[
                      `${task.place.community}${task.place.grid}` || t("map.cover.none"),
                      task.worker,
                      task.phone && phoneText(task.phone),
                    ]
                      .filter(Boolean)
                      .join(" ")}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

/** What was made, with the number that finds all of it in the queue. */
function Made({ group, count }: { group: string; count: number }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  return (
    <div className="work-made" role="status">
      <p>{t("work.made", { count, group })}</p>
      <Button
        hotkey={hotkeys.work.open}
        keyLabel={t("work.open")}
        onPress={() => goTo("queue", { view: "all", search: group })}
      >
        {t("work.open")}
      </Button>
    </div>
  );
}
