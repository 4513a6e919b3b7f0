import type { EventRow } from "#shared/contract.ts";
import { type ClockState, clockAt } from "#shared/domain/duty-event/clock.ts";
import type { Label } from "./labels.ts";
import type { Pin, Placed } from "./marks.ts";
import type { AssetStatus, Glyphs, Palette } from "./sprites.ts";

export interface Scene {
  readonly palette: Palette;
  readonly glyphs: Glyphs;
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
  return pin.mark.status === "ok" ? 3 : 5;
}

export function paint(to: CanvasRenderingContext2D, placed: readonly Placed[], scene: Scene): void {
  let chosen: Placed | undefined;
  for (const one of placed) {
    if (one.pin.key === scene.chosen) chosen = one;
    paintPin(to, one, scene);
  }
  if (chosen) {
    paintPin(to, chosen, scene);
    ring(to, chosen.x, chosen.y, chosen.radius + 5, scene.palette.focus, scene.palette.surface);
  }
}

function paintPin(to: CanvasRenderingContext2D, one: Placed, scene: Scene): void {
  const { pin } = one;
  if (pin.type === "event") paintEvent(to, one, pin.row, scene);
  else if (pin.type === "cluster") paintCluster(to, one, pin.mark.kind, pin.mark.status, pin.mark.count, scene);
  else paintAsset(to, one, pin.mark.kind, pin.mark.status, scene);
}

const statusColour = (status: AssetStatus, palette: Palette): string =>
  status === "fault" ? palette.fault : status === "offline" ? palette.offline : palette.quiet;

/** Outline by status, so that it is read without colour: round is well, a diamond is broken, a square is not heard from. */
function outline(to: CanvasRenderingContext2D, status: AssetStatus, x: number, y: number, r: number): void {
  to.beginPath();
  if (status === "fault") {
    const d = r * 1.2;
    to.moveTo(x, y - d);
    to.lineTo(x + d, y);
    to.lineTo(x, y + d);
    to.lineTo(x - d, y);
    to.closePath();
  } else if (status === "offline") to.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else to.arc(x, y, r, 0, Math.PI * 2);
}

function paintAsset(to: CanvasRenderingContext2D, one: Placed, kind: string, status: AssetStatus, scene: Scene): void {
  const { palette } = scene;
  const { x, y, radius } = one;
  outline(to, status, x, y, radius);
  if (radius <= 5) {
    to.fillStyle = statusColour(status, palette);
    to.fill();
    to.lineWidth = 1;
    to.strokeStyle = palette.surface;
    to.stroke();
    return;
  }
  to.fillStyle = status === "fault" ? palette.fault : palette.surface;
  to.fill();
  to.lineWidth = status === "ok" ? 1 : 1.75;
  to.strokeStyle = status === "ok" ? palette.line : statusColour(status, palette);
  if (status === "offline") to.setLineDash([3, 2]);
  to.stroke();
  to.setLineDash([]);
  const ink = status === "fault" ? palette.onColour : status === "offline" ? palette.offline : palette.ink;
  scene.glyphs.draw(to, kind, scene.letterOf(kind), ink, x, y, radius * 1.3);
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
  if (status === "offline") to.setLineDash([3, 2]);
  to.stroke();
  to.setLineDash([]);
  scene.glyphs.draw(to, kind, scene.letterOf(kind), palette.quiet, left + 10, y, 13);
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

/** A pin on a stem. The shape of its head is the level: a triangle is critical, a diamond urgent, a disc normal. */
function paintEvent(to: CanvasRenderingContext2D, one: Placed, row: EventRow, scene: Scene): void {
  const { palette } = scene;
  const { x, y } = one;
  const r = 9;
  const colour = clockColour(clockAt(row, scene.now).state, palette);
  to.beginPath();
  if (row.level === "critical") {
    to.moveTo(x, y - r * 1.25);
    to.lineTo(x + r * 1.2, y + r * 0.85);
    to.lineTo(x - r * 1.2, y + r * 0.85);
    to.closePath();
  } else if (row.level === "urgent") {
    to.moveTo(x, y - r * 1.2);
    to.lineTo(x + r * 1.2, y);
    to.lineTo(x, y + r * 1.2);
    to.lineTo(x - r * 1.2, y);
    to.closePath();
  } else to.arc(x, y, r, 0, Math.PI * 2);
  to.lineWidth = 4;
  to.strokeStyle = palette.surface;
  to.stroke();
  to.fillStyle = colour;
  to.fill();
  to.lineWidth = 1.5;
  to.strokeStyle = palette.ink;
  to.stroke();
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

/** Names under the pins: quiet, with a halo of the ground so that lines do not cut them. */
export function paintLabels(
  to: CanvasRenderingContext2D,
  labels: readonly (Label & { readonly x: number; readonly y: number })[],
  scene: Scene,
): void {
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  for (const label of labels) {
    to.font = label.weight === "area" ? "13px sans-serif" : "11px sans-serif";
    to.lineWidth = 3;
    to.strokeStyle = scene.palette.ground;
    to.strokeText(label.text, label.x, label.y);
    to.fillStyle = scene.palette.quiet;
    to.fillText(label.text, label.x, label.y);
  }
}
