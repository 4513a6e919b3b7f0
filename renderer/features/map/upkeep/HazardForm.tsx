import { useEffect, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import {
  Button,
  ChoiceRow,
  DateField,
  ErrorNote,
  FormRow,
  TextRow,
  useHotkey,
  useNow,
  WordsRow,
} from "#renderer/parts/index.ts";
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
  const now = useNow();
  const { act, busy } = useAct("hazard.report");
  const { typed, type, drop } = useTyped(`hazard:${target?.assetId ?? ""}`, {
    title: "",
    text: "",
    party: "",
    grade: "general" as (typeof hazardGrades)[number],
    dueOn: addDays(dayOf(now, zoneMinutes()), usualDays),
  });
  // Not kept: the form may be opened again for another point.
  const [place, setPlace] = useState(target?.name ?? "");
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useHotkey(backKey, onClose);
  async function save(): Promise<void> {
    if (busy || typed.title.trim() === "") return form.current?.querySelector("input")?.focus();
    const done = await act({
      ...typed,
      title: typed.title.trim(),
      place: { text: place, point: target ? rounded(target.point) : null },
      assetId: target?.assetId ?? "",
    });
    if (!done.ok) return setError(done.error);
    drop();
    onClose();
  }
  return (
    <form
      ref={form}
      className="upkeep-form"
      aria-label={t("upkeep.hazard.new")}
      onSubmit={(event) => event.preventDefault()}
    >
      <TextRow
        label={t("upkeep.hazard.title")}
        value={typed.title}
        maxLength={80}
        onChange={(title) => type({ title })}
      />
      <TextRow
        label={target ? t("upkeep.hazard.place") : t("upkeep.hazard.place.none")}
        value={place}
        maxLength={200}
        onChange={setPlace}
      />
      <WordsRow
        label={t("upkeep.hazard.text")}
        value={typed.text}
        maxLength={2000}
        onChange={(text) => type({ text })}
      />
      <div className="upkeep-pair">
        <ChoiceRow
          label={t("upkeep.hazard.grade")}
          value={typed.grade}
          choices={hazardGrades.map((grade) => [grade, say(hazardGradeNames[grade])])}
          onChange={(grade) => type({ grade })}
        />
        <FormRow label={t("upkeep.hazard.due")}>
          {(id) => <DateField id={id} value={typed.dueOn} onDate={(dueOn) => type({ dueOn })} />}
        </FormRow>
      </div>
      <TextRow
        label={t("upkeep.hazard.party")}
        value={typed.party}
        maxLength={60}
        onChange={(party) => type({ party })}
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
