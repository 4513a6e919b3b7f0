import { type IntakePrefill, usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ClockBar, ErrorNote, Field, Fields, LevelMark, Sample, StateTag } from "#renderer/parts/index.ts";
import { phoneText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Cover, EventRow, Mark } from "#shared/contract.ts";
import { KindIcon, StatusShape } from "./KindIcon.tsx";
import type { Pin, Point } from "./marks.ts";
import { degrees, rounded } from "./measure.ts";

export type Choice =
  | { readonly type: "none" }
  | { readonly type: "point"; readonly point: Point }
  | { readonly type: "pin"; readonly pin: Pin }
  | { readonly type: "several"; readonly pins: readonly Pin[] };

interface Props {
  readonly choice: Choice;
  readonly nameOf: (kind: string) => string;
  readonly onChoose: (pin: Pin) => void;
  readonly onNone: () => void;
  readonly onNear: (pin: Pin) => void;
  /** The intake form sent the hand here to choose a point for it. */
  readonly picking: boolean;
}

/** What was chosen on the map, and what can be done from here. */
export function ChosenPanel({ choice, nameOf, onChoose, onNone, onNear, picking }: Props) {
  const t = useText();
  return (
    <section className="map-chosen" aria-labelledby="map-chosen-title" aria-live="polite">
      <header className="map-side-head">
        <h2 id="map-chosen-title">{t(`map.chosen.${choice.type === "pin" ? choice.pin.type : choice.type}`)}</h2>
        {choice.type !== "none" && (
          <Button onPress={onNone} hotkey="Esc" className="map-quiet-button">
            {t("map.chosen.leave")}
          </Button>
        )}
      </header>
      {picking && <BackToIntake chosen={choice.type !== "none"} />}
      {choice.type === "none" && !picking && <p className="map-hint">{t("map.chosen.hint")}</p>}
      {choice.type === "point" && <PointFacts point={choice.point} />}
      {choice.type === "pin" && choice.pin.type === "event" && <EventFacts row={choice.pin.row} />}
      {choice.type === "pin" && choice.pin.type === "asset" && <AssetFacts mark={choice.pin.mark} nameOf={nameOf} />}
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

/** One pin in one line, for lists. */
export function PinName({ pin, nameOf }: { pin: Pin; nameOf: (kind: string) => string }) {
  const t = useText();
  if (pin.type === "event")
    return (
      <>
        <LevelMark level={pin.row.level} plain />
        <span className="map-pin-title">{pin.row.title}</span>
        <ClockBar event={pin.row} />
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
      {pin.mark.status !== "ok" && (
        <span className={`map-status is-${pin.mark.status}`}>
          <StatusShape status={pin.mark.status} />
          {t(`map.status.${pin.mark.status}`)}
        </span>
      )}
    </>
  );
}

/** Opens the form; the errand that sent the hand to the map ends with it. */
function useIntake(): (prefill?: IntakePrefill) => void {
  const { goTo, openIntake } = usePage.getState();
  return (prefill) => {
    goTo("map");
    openIntake(prefill);
  };
}

/** The form waits with its words: it takes the point that is chosen, or none. */
function BackToIntake({ chosen }: { chosen: boolean }) {
  const t = useText();
  const openIntake = useIntake();
  return (
    <div className="map-picking">
      <p>{t("map.pick.hint")}</p>
      {!chosen && (
        <Button hotkey="Esc" onPress={() => openIntake()}>
          {t("map.pick.back")}
        </Button>
      )}
    </div>
  );
}

function PointFacts({ point }: { point: Point }) {
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

function CoverFields({ cover }: { cover: Cover | null }) {
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

function PointField({ point }: { point: Point }) {
  const t = useText();
  return (
    <Field label={t("map.point")} wide>
      <span className="map-figures">
        {t("map.point.words", { east: degrees(point.lng), north: degrees(point.lat) })}
      </span>
    </Field>
  );
}

/** The way from the map into a new event: the point goes along, and the form finds who covers it. */
function NewHere({ point, name }: { point: Point; name: string }) {
  const t = useText();
  const openIntake = useIntake();
  return (
    <Button
      tone="next"
      hotkey="n"
      keyLabel={t("map.new_here")}
      onPress={() => openIntake({ point: rounded(point), ...(name ? { placeText: name } : {}) })}
    >
      {t("map.new_here")}
    </Button>
  );
}

function AssetFacts({ mark, nameOf }: { mark: Mark & { id: string }; nameOf: (kind: string) => string }) {
  const t = useText();
  const got = useDesk("asset.get", { id: mark.id });
  const point = { lng: mark.lng, lat: mark.lat };
  const cover = useDesk("map.cover", point);
  const asset = got.data?.asset.id === mark.id ? got.data.asset : undefined;
  const status = asset?.status ?? mark.status;
  return (
    <div className="map-facts">
      {got.error && <ErrorNote error={got.error} again={got.again} />}
      <p className="map-facts-title">
        <KindIcon kind={mark.kind} name={nameOf(mark.kind)} />
        <span>{asset?.name ?? mark.id}</span>
        {asset?.sample && <Sample />}
      </p>
      <Fields>
        <Field label={t("map.asset.kind")}>{nameOf(mark.kind)}</Field>
        <Field label={t("map.status")}>
          <span className={`map-status is-${status}`}>
            <StatusShape status={status} />
            {t(`map.status.${status}`)}
          </span>
        </Field>
        <Field label={t("map.asset.id")} wide>
          <span className="map-figures">{mark.id}</span>
        </Field>
        {!cover.previous && cover.data && <CoverFields cover={cover.data.cover} />}
        <PointField point={point} />
      </Fields>
      <NewHere point={point} name={asset?.name ?? ""} />
    </div>
  );
}

function EventFacts({ row }: { row: EventRow }) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  return (
    <div className="map-facts">
      <p className="map-facts-title">
        <LevelMark level={row.level} />
        <span>{row.title}</span>
        {row.sample && <Sample />}
      </p>
      <div className="map-facts-line">
        <StateTag state={row.state} />
        <ClockBar event={row} long />
      </div>
      <Fields>
        <Field label={t("map.event.number")} wide>
          <span className="map-figures">{row.number}</span>
        </Field>
        <Field label={t("map.event.place")} wide>
          {row.place.text || [row.place.community, row.place.grid].filter(Boolean).join(" ") || t("map.event.unsaid")}
        </Field>
        <Field label={t("map.event.lead")} wide>
          {row.lead?.name ?? t("map.event.no_lead")}
        </Field>
      </Fields>
      <Button
        tone="next"
        hotkey="o"
        keyLabel={t("map.event.open")}
        onPress={() => {
          selectEvent(row.id);
          goTo("queue");
        }}
      >
        {t("map.event.open")}
      </Button>
    </div>
  );
}
