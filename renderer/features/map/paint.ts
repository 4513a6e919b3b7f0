import type { EventRow } from "#shared/contract.ts";
import { type ClockState, clockAt } from "#shared/domain/duty-event/clock.ts";
import { isOpen } from "#shared/domain/duty-event/event.ts";
import type { Label } from "./labels.ts";
import type { Placed } from "./marks.ts";
import type { AssetStatus, Palette, Sprites } from "./sprites.ts";

export interface Scene {
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly zoom: number;
  readonly now: number;
  /** Keys of the pins that stand out, because they are chosen. */
  readonly chosen: string | undefined;
  /** First character of a kind's name, where an icon is missing. */
  readonly letterOf: (kind: string) => string;
}

/** Half the size of an asset on screen, by how near the eye is: dots from far, readable glyphs from near. */
export function radiusOf(status: AssetStatus, zoom: number): number {
  if (zoom >= 16) return 11;
  if (zoom >= 14.5) return 8.5;
  return status === "ok" ? 2.5 : 3.5;
}

/** Half the height of an event's head, px. */
export const eventRadius = 11;
/** Half the height of a cluster's box, px. */
export const clusterRadius = 10;

export type PlacedLabel = Label & { readonly x: number; readonly y: number };

/** Events, in painting order; the chosen one last, with its ring. */
export function paintEvents(to: CanvasRenderingContext2D, placed: readonly Placed[], scene: Scene): void {
  let chosen: Placed | undefined;
  for (const one of placed) {
    if (one.pin.key === scene.chosen) chosen = one;
    if (one.pin.type === "event") paintEvent(to, one, one.pin.row, scene);
  }
  if (chosen?.pin.type === "event") {
    paintEvent(to, chosen, chosen.pin.row, scene);
    paintRing(to, chosen.x, chosen.y, chosen.radius + 5, scene);
  }
}

/** The ring around what is chosen. */
export const paintRing = (
  to: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  { palette }: Scene,
): void => ring(to, x, y, radius, palette.focus, palette.surface);

/** One asset; drawn once for each kind, status and size, then copied. */
export function putAsset(
  to: CanvasRenderingContext2D,
  x: number,
  y: number,
  kind: string,
  status: AssetStatus,
  scene: Scene,
): void {
  const radius = radiusOf(status, scene.zoom);
  // Far away all kinds are one dot: one sprite for all of them.
  const key = radius <= 5 ? `${status}|${radius}` : `${kind}|${status}|${radius}`;
  const side = Math.ceil(radius * 3);
  scene.sprites.put(to, key, x, y, side, side, (on) => paintAsset(on, { x: 0, y: 0, radius }, kind, status, scene));
}

/** What a cluster says of itself. `kind` "": several kinds. */
export interface Cluster {
  /** The same for all that look the same. */
  readonly key: string;
  readonly kind: string;
  readonly text: string;
  /** Shares of what is broken and what is not heard from, in steps of an eighth; 0 only when there is none. */
  readonly fault: number;
  readonly offline: number;
}

/** How wide the box of a cluster is, px. */
export const clusterWidth = ({ kind, text }: Pick<Cluster, "kind" | "text">): number =>
  (kind ? 26 : 12) + text.length * 8;

/** A share in steps of an eighth: never 0 for something, never full for less than all. */
export const eighths = (part: number, whole: number): number =>
  part === 0 ? 0 : part === whole ? 8 : Math.min(7, Math.max(1, Math.round((part / whole) * 8)));

export function putCluster(to: CanvasRenderingContext2D, x: number, y: number, cluster: Cluster, scene: Scene): void {
  const width = clusterWidth(cluster);
  scene.sprites.put(to, cluster.key, x, y, width + 4, 26, (on) => paintCluster(on, width, cluster, scene));
}

/** Outline by status, read without colour: round is well, a triangle is broken, a crossed ring is not heard from. */
function outline(to: CanvasRenderingContext2D, status: AssetStatus, x: number, y: number, r: number): void {
  to.beginPath();
  if (status === "fault") {
    const d = r * 1.35;
    to.moveTo(x, y - d);
    to.lineTo(x + d, y + d * 0.75);
    to.lineTo(x - d, y + d * 0.75);
    to.closePath();
  } else to.arc(x, y, r, 0, Math.PI * 2);
}

function cross(to: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  const d = r * 0.7;
  to.beginPath();
  to.moveTo(x - d, y + d);
  to.lineTo(x + d, y - d);
  to.stroke();
}

function paintAsset(
  to: CanvasRenderingContext2D,
  one: Omit<Placed, "pin">,
  kind: string,
  status: AssetStatus,
  scene: Scene,
): void {
  const { palette } = scene;
  const { x, y, radius } = one;
  const small = radius <= 5;
  outline(to, status, x, y, radius);
  to.fillStyle = status === "fault" ? palette.fault : small && status === "ok" ? palette.quiet : palette.surface;
  to.fill();
  to.lineWidth = status === "offline" ? 1.5 : 1;
  to.strokeStyle =
    status === "offline"
      ? small
        ? palette.quiet
        : palette.offline
      : small || status === "fault"
        ? palette.surface
        : palette.line;
  to.stroke();
  if (!small) {
    const ink = status === "fault" ? palette.onColour : status === "offline" ? palette.offline : palette.ink;
    const down = status === "fault" ? radius * 0.12 : 0;
    scene.sprites.glyph(to, kind, scene.letterOf(kind), ink, x, y + down, radius * (status === "fault" ? 1.05 : 1.3));
  }
  if (status === "offline") cross(to, x, y, radius);
}

/**
 * A quiet box with a count. Its foot says how much of it is not well: red from the left for what is broken, hatched from the right for
 * what is not heard from. A box without a foot is well.
 */
function paintCluster(to: CanvasRenderingContext2D, width: number, cluster: Cluster, scene: Scene): void {
  const { palette } = scene;
  const left = -width / 2;
  const height = clusterRadius * 2;
  const top = -clusterRadius;
  to.beginPath();
  to.roundRect(left, top, width, height, 3);
  to.fillStyle = palette.surface;
  to.fill();
  to.lineWidth = 1;
  to.strokeStyle = palette.line;
  to.stroke();
  const foot = top + height - 3;
  if (cluster.fault > 0) {
    to.fillStyle = palette.fault;
    to.fillRect(left + 0.5, foot, ((width - 1) * cluster.fault) / 8, 3);
  }
  if (cluster.offline > 0) {
    const from = left + width - 0.5 - ((width - 1) * cluster.offline) / 8;
    to.fillStyle = palette.offline;
    for (let x = from; x < left + width - 1; x += 4) to.fillRect(x, foot, 2, 3);
  }
  if (cluster.kind)
    scene.sprites.glyph(to, cluster.kind, scene.letterOf(cluster.kind), palette.quiet, left + 10, -1, 13);
  to.font = "600 12px sans-serif";
  to.fillStyle = palette.ink;
  to.textAlign = "left";
  to.textBaseline = "middle";
  to.fillText(cluster.text, left + (cluster.kind ? 19 : 6), -0.5, width - (cluster.kind ? 22 : 10));
}

/** Colour of an event by its clock, the same as in the queue: quiet while there is time. */
export function clockColour(state: ClockState, palette: Palette): string {
  return state === "late" ? palette.red : state === "soon" ? palette.yellow : palette.running;
}

/** How far the head of an event's pin stands above its place, px. */
export const stemPx = 15;

/**
 * A head on a stem, so that nobody takes it for an asset. The shape of the head is the level, as in the queue: a diamond
 * with a mark is critical, a square urgent, a disc normal; its colour is the clock.
 */
export function paintEvent(
  to: CanvasRenderingContext2D,
  one: { readonly x: number; readonly y: number },
  row: Pick<EventRow, "level" | "state" | "clock">,
  scene: Pick<Scene, "palette" | "now">,
): void {
  const { palette } = scene;
  const { x, y } = one;
  const clock = clockAt(row.clock, scene.now).state;
  const colour = clockColour(clock, palette);
  const ended = !isOpen(row.state);
  // What is over steps back; a tick says so without colour.
  to.globalAlpha = ended ? 0.6 : 1;
  to.lineWidth = 4;
  to.strokeStyle = palette.surface;
  stem(to, x, y);
  to.lineWidth = 2;
  to.strokeStyle = palette.ink;
  stem(to, x, y);
  to.beginPath();
  to.arc(x, y + stemPx, 2.5, 0, Math.PI * 2);
  to.fillStyle = palette.ink;
  to.fill();
  head(to, row.level, x, y);
  to.lineWidth = 4;
  to.strokeStyle = palette.surface;
  to.stroke();
  to.fillStyle = colour;
  to.fill();
  to.lineWidth = 1.75;
  to.strokeStyle = palette.ink;
  to.stroke();
  if (ended || row.level === "critical") {
    to.font = "700 13px sans-serif";
    to.textAlign = "center";
    to.textBaseline = "middle";
    to.fillStyle = clock === "late" ? palette.onRed : clock === "soon" ? palette.onYellow : palette.ink;
    to.fillText(ended ? "\u2713" : "!", x, y + 0.5);
  }
  to.globalAlpha = 1;
}

function stem(to: CanvasRenderingContext2D, x: number, y: number): void {
  to.beginPath();
  to.moveTo(x, y);
  to.lineTo(x, y + stemPx);
  to.stroke();
}

function head(to: CanvasRenderingContext2D, level: EventRow["level"], x: number, y: number): void {
  to.beginPath();
  if (level === "critical") {
    to.moveTo(x, y - 12);
    to.lineTo(x + 12, y);
    to.lineTo(x, y + 12);
    to.lineTo(x - 12, y);
    to.closePath();
  } else if (level === "urgent") to.rect(x - 8, y - 8, 16, 16);
  else to.arc(x, y, 8, 0, Math.PI * 2);
}

function ring(to: CanvasRenderingContext2D, x: number, y: number, r: number, colour: string, halo: string): void {
  to.beginPath();
  to.arc(x, y, r, 0, Math.PI * 2);
  to.lineWidth = 5;
  to.strokeStyle = halo;
  to.stroke();
  to.lineWidth = 2.5;
  to.strokeStyle = colour;
  to.stroke();
}

/** A quiet name, with a halo of the ground so that lines do not cut it; drawn once, then copied. */
export function putLabel(to: CanvasRenderingContext2D, { text, weight, x, y }: PlacedLabel, scene: Scene): void {
  const size = weight === "area" ? 13 : 11;
  const width = text.length * (size + 1) + 8;
  scene.sprites.put(to, `label|${size}|${text}`, x, y, width, size + 8, (on) => {
    on.textAlign = "center";
    on.textBaseline = "middle";
    on.lineJoin = "round";
    on.font = `${size}px sans-serif`;
    on.lineWidth = 4;
    on.strokeStyle = scene.palette.ground;
    on.strokeText(text, 0, 0);
    on.fillStyle = scene.palette.quiet;
    on.fillText(text, 0, 0);
  });
}

/** The chosen point of the ground: a small target, unlike any asset or event. */
export function paintSpot(to: CanvasRenderingContext2D, x: number, y: number, { palette }: Scene): void {
  ring(to, x, y, 7, palette.focus, palette.surface);
  to.beginPath();
  to.arc(x, y, 2, 0, Math.PI * 2);
  to.fillStyle = palette.focus;
  to.fill();
}
