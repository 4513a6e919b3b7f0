import { ClockBar, LevelMark } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { AssetStatus } from "#shared/contract.ts";
import { isGone } from "#shared/domain/duty-event/event.ts";
import { KindIcon, StatusShape } from "../KindIcon.tsx";
import type { Pin } from "../marks.ts";

/** One pin in one line, for lists. */
export function PinName({ pin, nameOf }: { pin: Pin; nameOf: (kind: string) => string }) {
  const t = useText();
  if (pin.type === "event")
    return (
      <>
        <LevelMark level={pin.row.level} plain />
        <span className="map-pin-title">{pin.row.title}</span>
        <ClockBar clock={pin.row.clock} givenUp={isGone(pin.row.state)} />
      </>
    );
  const name = nameOf(pin.mark.kind);
  return (
    <>
      <KindIcon kind={pin.mark.kind} name={name} />
      <span className="map-pin-title">
        {pin.type === "cluster" ? (
          <>
            {name} <span className="map-pin-count">{t("map.cluster.count", { count: pin.mark.count })}</span>
          </>
        ) : (
          (pin.mark.name ?? name)
        )}
      </span>
      {pin.mark.status !== "ok" && <StatusWord status={pin.mark.status} />}
    </>
  );
}

/** The status of an asset by shape and word. */
export function StatusWord({ status }: { status: AssetStatus }) {
  const t = useText();
  return (
    <span className={`map-status is-${status}`}>
      <StatusShape status={status} />
      {t(`map.status.${status}`)}
    </span>
  );
}
