import "./map.css";
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { usePage } from "#renderer/app/store.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState, ErrorNote, useEarlyKeys, useMinute } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { ChosenPanel } from "./chosen/ChosenPanel.tsx";
import { type Choice, pinOfAsset, targetOf } from "./chosen/choice.ts";
import { MapFilePanel } from "./files/MapFilePanel.tsx";
import { MapGround } from "./files/MapGround.tsx";
import { MapStrip } from "./files/MapStrip.tsx";
import { InViewList } from "./InViewList.tsx";
import { LayerPanel } from "./LayerPanel.tsx";
import type { MapView, View, ViewListener } from "./leaflet-canvas.ts";
import { MapFurniture } from "./MapFurniture.tsx";
import { MapSide } from "./MapSide.tsx";
import { MapStage } from "./MapStage.tsx";
import { pressOnMap } from "./map-keys.ts";
import { useMapTools } from "./map-tools.ts";
import { useMapMemory } from "./map-view.ts";
import type { Pin, Point } from "./marks.ts";
import { rounded } from "./measure.ts";
import { NearPanel } from "./near/NearPanel.tsx";
import { OverlayLayer } from "./overlay/OverlayLayer.tsx";
import { OverlayPanel } from "./overlay/OverlayPanel.tsx";
import { DrawPanel } from "./sketch/DrawPanel.tsx";
import { LatePins } from "./sketch/LatePins.tsx";
import { MapSketch } from "./sketch/MapSketch.tsx";
import { SketchBar } from "./sketch/SketchBar.tsx";
import { WorkPanel } from "./tasks/WorkPanel.tsx";
import { UpkeepPanel } from "./upkeep/UpkeepPanel.tsx";
import { useKeptLayers } from "./use-kept-layers.ts";
import { useMapPins } from "./use-map-pins.ts";
import { withNames } from "./with-names.ts";

const nearZoom = 16;
const restMs = 200;

/** The map place: what stands where, who covers a point, and where the open events are. */
export function MapPlace() {
  const t = useText();
  const base = useDesk("map.base", {});
  useEarlyKeys(!base.data);
  if (base.error) return <ErrorNote error={base.error} again={base.again} />;
  if (!base.data) return <EmptyState title={t("map.opening")} />;
  return <OpenMap base={base.data} />;
}

function OpenMap({ base }: { base: Parameters<typeof MapStage>[0]["base"] }) {
  const t = useText();
  const now = useMinute();
  useKeptLayers();
  const { shown, show, look, point } = useMapMemory(
    useShallow((map) => ({ shown: map.shown, show: map.show, look: map.look, point: map.point })),
  );
  const [lastView] = useState(() => useMapMemory.getState().view);
  const focusPoint = usePage((page) => page.focusPoint);
  const focusOn = usePage((page) => page.focusOn);
  const picking = usePage((page) => page.args.pick === "intake");
  const selectedEventId = usePage((page) => page.selectedEventId);
  const [view, setView] = useState<View>();
  const [mapView, setMapView] = useState<MapView>();
  // The side's panels come behind the first picture.
  useEarlyKeys(mapView === undefined);
  /** The same, for hands that are faster than the screen. */
  const map = useRef<MapView>(undefined);
  const [choice, setChoice] = useState<Choice>({ type: "none" });
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);
  // The list and the questions to the core follow when the map has come to rest.
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);

  const { street, kinds, rows, lines, shapes, all, events, filter, pins, inView, nameOf, letterOf } = useMapPins(
    base,
    shown,
    view,
  );

  const asked = useRef(0);
  const choosePins = useCallback(
    async (hit: readonly Pin[], point: Point) => {
      // A later click is not overtaken by the answer to an earlier one.
      const turn = ++asked.current;
      const found = await withNames(hit);
      if (turn !== asked.current) return;
      const [first] = found;
      if (first?.type === "cluster") {
        mapView?.goTo(first.point, (mapView.now().zoom ?? 13) + 1.5);
        return;
      }
      const single = found.filter((pin) => pin.type !== "cluster");
      const inFront = found.filter((pin) => pin.type === "event");
      if (inFront.length === 1 && inFront[0]) setChoice({ type: "pin", pin: inFront[0] });
      else if (single.length > 1) setChoice({ type: "several", pins: single });
      else if (first) setChoice({ type: "pin", pin: first });
      else setChoice({ type: "point", point: rounded(point) });
    },
    [mapView],
  );

  const listener = useMemo<ViewListener>(
    () => ({
      // No screen is drawn anew while the map moves: only its canvas.
      moves: () => clearTimeout(rest.current),
      moved: (next) => {
        clearTimeout(rest.current);
        rest.current = setTimeout(() => {
          look(next);
          setView(next);
        }, restMs);
      },
      clicked: (point, found) => {
        // While something is drawn, a click is a corner of it.
        if (!useMapTools.getState().sketch) void choosePins(found, point);
      },
      hovered: (at, pin) => point(at && { point: at, pin }),
    }),
    [choosePins, look, point],
  );

  const ready = useCallback(
    (made: MapView | undefined) => {
      map.current = made;
      const first = made?.now();
      if (first) look(first);
      // The canvas first: what stands beside it is drawn between its frames.
      startTransition(() => {
        setMapView(made);
        setView(first);
      });
    },
    [look],
  );

  useEffect(() => {
    if (!focusPoint || !mapView || (!events.data && !events.error)) return;
    mapView.goTo(focusPoint, nearZoom);
    const row = events.data?.rows.find(
      (one) => one.place.point?.lng === focusPoint.lng && one.place.point.lat === focusPoint.lat,
    );
    if (row) setChoice({ type: "pin", pin: { type: "event", key: `event:${row.id}`, point: focusPoint, row } });
    else setChoice({ type: "point", point: rounded(focusPoint) });
    focusOn(null);
  }, [focusPoint, mapView, events.data, events.error, focusOn]);

  const showPin = useCallback(
    (pin: Pin) => {
      if (pin.type === "cluster") mapView?.goTo(pin.point, (mapView.now().zoom ?? 13) + 1.5);
      else {
        mapView?.goTo(pin.point, nearZoom);
        setChoice({ type: "pin", pin });
      }
    },
    [mapView],
  );

  const chosenKey = choice.type === "pin" ? choice.pin.key : selectedEventId ? `event:${selectedEventId}` : undefined;

  const showPoint = useCallback(
    (at: Point) => {
      mapView?.goTo(at, nearZoom);
      setChoice({ type: "point", point: rounded(at) });
    },
    [mapView],
  );
  const showAsset = useCallback(
    async (id: string) => {
      const got = await callDesk("asset.get", { id });
      if (got.ok) showPin(pinOfAsset(got.value.asset));
    },
    [showPin],
  );
  // Found elsewhere by its name: the asset itself is chosen, not the ground under it.
  const wantedAsset = usePage((page) => page.args.assetId);
  useEffect(() => {
    if (wantedAsset) void showAsset(wantedAsset);
  }, [wantedAsset, showAsset]);

  const leave = () => {
    setChoice({ type: "none" });
    stage.current?.focus();
  };
  const target = targetOf(choice);

  return (
    <section className="map-place" aria-label={t("map.title")}>
      <div
        ref={stage}
        className="map-stage"
        role="application"
        aria-label={t("map.stage")}
        aria-describedby="map-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved and asked by keys
        tabIndex={0}
        onKeyDown={(event) => {
          if (!map.current || event.target !== stage.current) return;
          const chosen = choice.type !== "none";
          pressOnMap(event, map.current, {
            whole: street,
            chosen,
            onChoose: (found, at) => void choosePins(found, at),
            onNone: leave,
          });
        }}
      >
        <MapStage
          base={base}
          shown={shown}
          pins={pins}
          shapes={shapes}
          kinds={kinds}
          chosen={chosenKey}
          chosenAsset={choice.type === "pin" && choice.pin.type === "asset" ? choice.pin.point : undefined}
          filter={filter}
          spot={choice.type === "point" ? choice.point : undefined}
          now={now}
          letterOf={letterOf}
          start={lastView}
          listener={listener}
          onView={ready}
        >
          <MapGround />
          <LatePins pins={pins} now={now} />
          <OverlayLayer />
          <MapSketch />
        </MapStage>
        <MapStrip />
        <SketchBar />
        <MapFurniture
          nameOf={nameOf}
          onZoom={(step) => map.current?.zoomBy(step)}
          onWhole={() => map.current?.fit(street)}
        />
      </div>
      <MapSide
        panels={
          mapView && {
            layers: (
              <>
                <ChosenPanel
                  choice={choice}
                  kinds={kinds}
                  nameOf={nameOf}
                  onChoose={(pin) => setChoice({ type: "pin", pin })}
                  onNear={showPin}
                  picking={picking}
                  onNone={leave}
                />
                <LayerPanel
                  rows={rows}
                  lines={lines}
                  total={all.data?.total ?? 0}
                  events={events.data?.rows.length ?? 0}
                  base={base}
                  shown={shown}
                  onShow={show}
                  byStatus={all.data?.byStatus}
                />
                {all.error && <ErrorNote error={all.error} again={all.again} />}
                <InViewList
                  pins={inView}
                  nameOf={nameOf}
                  chosen={chosenKey}
                  onSelect={(pin) => setChoice({ type: "pin", pin })}
                  onOpen={showPin}
                />
              </>
            ),
            near: target ? (
              <NearPanel target={target} nameOf={nameOf} onOpen={(near) => void showAsset(near.id)} />
            ) : (
              <p className="map-hint">{t("near.hint")}</p>
            ),
            work: <WorkPanel nameOf={nameOf} />,
            upkeep: (
              <UpkeepPanel
                target={
                  target && {
                    ...target,
                    assetId: choice.type === "pin" && choice.pin.type === "asset" ? choice.pin.mark.id : "",
                  }
                }
                onShow={showPoint}
              />
            ),
            draw: (
              <>
                <DrawPanel
                  kinds={kinds}
                  onSaved={(id) => {
                    useMapTools.getState().set({ tool: "layers" });
                    void showAsset(id);
                  }}
                />
                <OverlayPanel />
              </>
            ),
          }
        }
      />
      <MapFilePanel />
    </section>
  );
}
