import type { EventRow } from "#shared/contract.ts";
import { type ClockState, clockAt } from "#shared/domain/duty-event/clock.ts";
import { isOpen } from "#shared/domain/duty-event/event.ts";
import type { Label } from "./labels.ts";
import { type Pin, type Placed, paintRank } from "./marks.ts";
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

/** Half the size of a mark on screen, by how near the eye is: dots from far, readable glyphs from near. */
export function radiusOf(pin: Pin, zoom: number): number {
  if (pin.type === "event") return 11;
  if (pin.type === "cluster") return pin.mark.count >= 100 ? 15 : pin.mark.count >= 10 ? 13 : 11;
  if (zoom >= 16) return 11;
  if (zoom >= 14.5) return 8.5;
  return pin.mark.status === "ok" ? 2.5 : 3.5;
}

export type PlacedLabel = Label & { readonly x: number; readonly y: number };

/** `placed` in painting order. */
export function paint(
  to: CanvasRenderingContext2D,
  placed: readonly Placed[],
  labels: readonly PlacedLabel[],
  scene: Scene,
): void {
  let chosen: Placed | undefined;
  let named = false;
  for (const one of placed) {
    if (one.pin.key === scene.chosen) chosen = one;
    // Names lie over what is well and under what is news.
    if (!named && paintRank(one.pin, scene.now) > 0) {
      paintLabels(to, labels, scene);
      named = true;
    }
    paintPin(to, one, scene);
  }
  if (!named) paintLabels(to, labels, scene);
  if (chosen) {
    paintPin(to, chosen, scene);
    ring(to, chosen.x, chosen.y, chosen.radius + 5, scene.palette.focus, scene.palette.surface);
  }
}

function paintPin(to: CanvasRenderingContext2D, one: Placed, scene: Scene): void {
  const { pin } = one;
  if (pin.type === "event") paintEvent(to, one, pin.row, scene);
  else if (pin.type === "cluster") paintCluster(to, one, pin.mark.kind, pin.mark.status, pin.mark.count, scene);
  else {
    const { kind, status } = pin.mark;
    // Far away all kinds are one dot: one sprite for all of them.
    const key = one.radius <= 5 ? `${status}|${one.radius}` : `${kind}|${status}|${one.radius}`;
    scene.sprites.put(to, key, one.x, one.y, Math.ceil(one.radius * 3), (on) =>
      paintAsset(on, { x: 0, y: 0, radius: one.radius }, kind, status, scene),
    );
  }
}

const statusColour = (status: AssetStatus, palette: Palette): string =>
  status === "fault" ? palette.fault : status === "offline" ? palette.offline : palette.quiet;

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

function paintCluster(
  to: CanvasRenderingContext2D,
  one: Placed,
  kind: string,
  status: AssetStatus,
  count: number,
  scene: Scene,
): void {
  const { palette } = scene;
  const { x, y, radius } = one;
  const text = String(count);
  to.font = "600 12px sans-serif";
  const width = Math.max(radius * 2, 22 + to.measureText(text).width);
  const left = x - width / 2;
  const height = 20;
  to.beginPath();
  to.roundRect(left, y - height / 2, width, height, 3);
  to.fillStyle = palette.surface;
  to.fill();
  to.lineWidth = status === "ok" ? 1 : 1.75;
  to.strokeStyle = status === "ok" ? palette.line : statusColour(status, palette);
  to.stroke();
  scene.sprites.glyph(to, kind, scene.letterOf(kind), palette.quiet, left + 10, y, 13);
  to.font = "600 12px sans-serif";
  to.fillStyle = palette.ink;
  to.textAlign = "left";
  to.textBaseline = "middle";
  to.fillText(text, left + 18, y + 0.5);
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
function paintEvent(to: CanvasRenderingContext2D, one: Placed, row: EventRow, scene: Scene): void {
  const { palette } = scene;
  const { x, y } = one;
  const clock = clockAt(row, scene.now).state;
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

/** Quiet names, with a halo of the ground so that lines do not cut them. */
function paintLabels(to: CanvasRenderingContext2D, labels: readonly PlacedLabel[], scene: Scene): void {
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  for (const label of labels) {
    to.font = label.weight === "area" ? "13px sans-serif" : "11px sans-serif";
    to.lineWidth = 4;
    to.strokeStyle = scene.palette.ground;
    to.strokeText(label.text, label.x, label.y);
    to.fillStyle = scene.palette.quiet;
    to.fillText(label.text, label.x, label.y);
  }
}

/** The chosen point of the ground: a small target, unlike any asset or event. */
export function paintSpot(to: CanvasRenderingContext2D, x: number, y: number, { palette }: Scene): void {
  ring(to, x, y, 7, palette.focus, palette.surface);
  to.beginPath();
  to.arc(x, y, 2, 0, Math.PI * 2);
  to.fillStyle = palette.focus;
  to.fill();
}
