import { Button } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import type { Pin } from "../marks.ts";
import { AssetFacts } from "./AssetFacts.tsx";
import type { Choice } from "./choice.ts";
import { EventFacts } from "./EventFacts.tsx";
import { PinName } from "./PinName.tsx";
import { PointFacts, useIntake } from "./PointFacts.tsx";

interface Props {
  readonly choice: Choice;
  readonly kinds: readonly AssetKind[];
  readonly nameOf: (kind: string) => string;
  readonly onChoose: (pin: Pin) => void;
  readonly onNone: () => void;
  readonly onNear: (pin: Pin) => void;
  /** The intake form sent the hand here to choose a point for it. */
  readonly picking: boolean;
}

/** What was chosen on the map, and what can be done from here. */
export function ChosenPanel({ choice, kinds, nameOf, onChoose, onNone, onNear, picking }: Props) {
  const t = useText();
  return (
    <section className="map-chosen" aria-labelledby="map-chosen-title" aria-live="polite">
      <header className="map-side-head">
        <h2 id="map-chosen-title">{t(`map.chosen.${choice.type === "pin" ? choice.pin.type : choice.type}`)}</h2>
        {choice.type !== "none" && (
          <Button onPress={onNone} hotkey={backKey} className="map-quiet-button">
            {t("map.chosen.leave")}
          </Button>
        )}
      </header>
      {picking && <BackToIntake chosen={choice.type !== "none"} />}
      {choice.type === "none" && !picking && <p className="map-hint">{t("map.chosen.hint")}</p>}
      {choice.type === "point" && <PointFacts point={choice.point} />}
      {choice.type === "pin" && choice.pin.type === "event" && <EventFacts row={choice.pin.row} />}
      {choice.type === "pin" && choice.pin.type === "asset" && (
        <AssetFacts
          key={choice.pin.key}
          mark={choice.pin.mark}
          kind={kinds.find(({ code }) => choice.pin.type === "asset" && code === choice.pin.mark.kind)}
          name={nameOf(choice.pin.mark.kind)}
        />
      )}
      {choice.type === "pin" && choice.pin.type === "cluster" && (
        <div className="map-facts">
          <p>{t("map.cluster.words", { kind: nameOf(choice.pin.mark.kind), count: choice.pin.mark.count })}</p>
          <Button onPress={() => choice.pin.type === "cluster" && onNear(choice.pin)} tone="next">
            {t("map.cluster.near")}
          </Button>
        </div>
      )}
      {choice.type === "several" && (
        <ul className="map-several">
          {choice.pins.map((pin) => (
            <li key={pin.key}>
              <button type="button" className="map-several-one" onClick={() => onChoose(pin)}>
                <PinName pin={pin} nameOf={nameOf} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The form waits with its words: it takes the point that is chosen, or none. */
function BackToIntake({ chosen }: { chosen: boolean }) {
  const t = useText();
  const openIntake = useIntake();
  return (
    <div className="map-picking">
      <p>{t("map.pick.hint")}</p>
      {!chosen && (
        <Button hotkey={backKey} onPress={() => openIntake()}>
          {t("map.pick.back")}
        </Button>
      )}
    </div>
  );
}
