import { useEffect, useId, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, DateField, ErrorNote, TextRow, useHotkey, useNow } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { zoneMinutes } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { hazardGradeNames, hazardGrades } from "#shared/domain/hazard/hazard.ts";
import type { DeskError } from "#shared/errors.ts";
import { addDays, dayOf } from "#shared/lib/time.ts";
import type { Point } from "../marks.ts";
import { rounded } from "../measure.ts";

/** Days that a new hazard has until somebody says otherwise. */
const usualDays = 7;

interface Props {
  readonly target: { readonly point: Point; readonly name: string; readonly assetId: string } | undefined;
  readonly onClose: () => void;
}

/** A hazard is entered here: what, where, who rectifies it, until when. */
export function HazardForm({ target, onClose }: Props) {
  const t = useText();
  const id = useId();
  const now = useNow();
  const { act, busy } = useAct("hazard.report");
  const [entered, setEntered] = useState(() => ({
    title: "",
    text: "",
    place: target?.name ?? "",
    party: "",
    grade: "general" as (typeof hazardGrades)[number],
    dueOn: addDays(dayOf(now, zoneMinutes()), usualDays),
  }));
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useHotkey(backKey, onClose);
  async function save(): Promise<void> {
    if (busy || entered.title.trim() === "") return form.current?.querySelector("input")?.focus();
    const { place, ...rest } = entered;
    const done = await act({
      ...rest,
      title: entered.title.trim(),
      place: { text: place, point: target ? rounded(target.point) : null },
      assetId: target?.assetId ?? "",
    });
    if (done.ok) onClose();
    else setError(done.error);
  }
  return (
    <form
      ref={form}
      className="upkeep-form"
      aria-label={t("upkeep.hazard.new")}
      onSubmit={(event) => event.preventDefault()}
    >
      <TextRow
        id={`${id}-title`}
        label={t("upkeep.hazard.title")}
        value={entered.title}
        maxLength={80}
        onChange={(title) => setEntered({ ...entered, title })}
      />
      <TextRow
        id={`${id}-place`}
        label={target ? t("upkeep.hazard.place") : t("upkeep.hazard.place.none")}
        value={entered.place}
        maxLength={200}
        onChange={(place) => setEntered({ ...entered, place })}
      />
      <div className="form-row">
        <label className="label" htmlFor={`${id}-text`}>
          {t("upkeep.hazard.text")}
        </label>
        <textarea
          id={`${id}-text`}
          className="input"
          rows={2}
          maxLength={2000}
          value={entered.text}
          onChange={(event) => setEntered({ ...entered, text: event.target.value })}
        />
      </div>
      <div className="upkeep-pair">
        <div className="form-row">
          <label className="label" htmlFor={`${id}-grade`}>
            {t("upkeep.hazard.grade")}
          </label>
          <select
            id={`${id}-grade`}
            className="input"
            value={entered.grade}
            onChange={(event) =>
              setEntered({ ...entered, grade: event.target.value === "major" ? "major" : "general" })
            }
          >
            {hazardGrades.map((grade) => (
              <option key={grade} value={grade}>
                {say(hazardGradeNames[grade])}
              </option>
            ))}
          </select>
        </div>
        <div className="form-row">
          <label className="label" htmlFor={`${id}-due`}>
            {t("upkeep.hazard.due")}
          </label>
          <DateField id={`${id}-due`} value={entered.dueOn} onDate={(dueOn) => setEntered({ ...entered, dueOn })} />
        </div>
      </div>
      <TextRow
        id={`${id}-party`}
        label={t("upkeep.hazard.party")}
        value={entered.party}
        maxLength={60}
        onChange={(party) => setEntered({ ...entered, party })}
      />
      {error && <ErrorNote error={error} />}
      <div className="map-buttons">
        <Button tone="next" hotkey={confirmKey} disabled={busy} onPress={() => void save()}>
          {t("upkeep.hazard.save")}
        </Button>
        <Button onPress={onClose}>{t("asset.leave")}</Button>
      </div>
    </form>
  );
}
