import { type IntakePrefill, usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Field, Fields } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { phoneText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Cover } from "#shared/contract.ts";
import type { Point } from "../marks.ts";
import { degrees, rounded } from "../measure.ts";

/** Who covers a point of the ground, and the way into a new event there. */
export function PointFacts({ point }: { point: Point }) {
  const cover = useDesk("map.cover", point);
  return (
    <div className="map-facts">
      {cover.error && <ErrorNote error={cover.error} again={cover.again} />}
      <Fields>
        {!cover.previous && cover.data && <CoverFields cover={cover.data.cover} />}
        <PointField point={point} />
      </Fields>
      <NewHere point={point} name="" />
    </div>
  );
}

export function CoverFields({ cover }: { cover: Cover | null }) {
  const t = useText();
  if (!cover)
    return (
      <Field label={t("map.cover")} wide>
        {t("map.cover.none")}
      </Field>
    );
  return (
    <>
      <Field label={t("map.cover")} wide>
        {cover.community} {cover.grid}
      </Field>
      <Field label={t("map.cover.worker")}>{cover.worker || t("map.cover.unknown")}</Field>
      <Field label={t("map.cover.phone")}>
        <span className="map-phone">{cover.phone ? phoneText(cover.phone) : t("map.cover.unknown")}</span>
      </Field>
      <Field label={t("map.cover.head")}>{cover.head || t("map.cover.unknown")}</Field>
    </>
  );
}

export function PointField({ point }: { point: Point }) {
  const t = useText();
  return (
    <Field label={t("map.point")} wide>
      <span className="map-figures">
        {t("map.point.words", { east: degrees(point.lng), north: degrees(point.lat) })}
      </span>
    </Field>
  );
}

/** Opens the form; the errand that sent the hand to the map ends with it. */
export function useIntake(): (prefill?: IntakePrefill) => void {
  const { goTo, openIntake } = usePage.getState();
  return (prefill) => {
    goTo("map");
    openIntake(prefill);
  };
}

/** The way from the map into a new event: the point goes along, and the form finds who covers it. */
export function NewHere({ point, name, text = "" }: { point: Point; name: string; text?: string }) {
  const t = useText();
  const openIntake = useIntake();
  return (
    <Button
      tone="next"
      hotkey={hotkeys.chosen.newHere}
      keyLabel={t("map.new_here")}
      onPress={() =>
        openIntake({ point: rounded(point), ...(name ? { placeText: name } : {}), ...(text ? { text } : {}) })
      }
    >
      {t("map.new_here")}
    </Button>
  );
}
