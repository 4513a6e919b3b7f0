import type { WallRow } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { CanvasLayer } from "../canvas-layer.ts";
import type { Label } from "../labels.ts";
import type { Point } from "../marks.ts";
import { paintEvent, stemPx } from "../paint.ts";
import type { Palette } from "../sprites.ts";

/** What the wall's map shows. */
export interface WallScene {
  readonly rows: readonly WallRow[];
  readonly labels: readonly Label[];
  readonly palette: Palette;
  readonly now: number;
}

/** Size of print at which the marks have the size that they have at the desk. */
const deskPrintPx = 13;
/** Around the head of what is late, in the marks' own size: seen without colour. */
const ring = { radius: 19, inner: 15 };

/** Open events and names of communities on one canvas, painted with news alone; marks as large as the wall's print. */
export class EventLayer extends CanvasLayer {
  #scene: WallScene | undefined;

  set scene(scene: WallScene) {
    this.#scene = scene;
    this.paintSoon();
  }

  protected override paint(): void {
    const map = this.leaflet;
    const scene = this.#scene;
    const to = this.canvas.getContext("2d");
    if (!map || !scene || !to) return;
    const larger = Number.parseFloat(getComputedStyle(map.getContainer()).fontSize) / deskPrintPx || 1;
    this.canvasFor(map, to, larger);
    const placeOf = ({ lng, lat }: Point) => {
      const { x, y } = map.latLngToContainerPoint([lat, lng]);
      return { x: x / larger, y: y / larger };
    };
    for (const { text, point } of scene.labels) paintName(to, text, placeOf(point), scene.palette);
    const isLate = ({ clock }: WallRow) => clockAt(clock, scene.now).state === "late";
    const late = scene.rows.filter((row) => row.point && isLate(row));
    // The most pressing lies on top, and what is late over all others.
    for (const row of [...scene.rows.toReversed().filter((one) => !isLate(one)), ...late.toReversed()]) {
      if (!row.point) continue;
      const { x, y } = placeOf(row.point);
      const at = { x, y: y - stemPx };
      if (isLate(row)) paintRing(to, at, scene.palette);
      paintEvent(to, at, row, scene);
    }
    // For tests: what has been painted.
    this.canvas.dataset.late = String(late.length);
  }
}

function paintName(to: CanvasRenderingContext2D, text: string, { x, y }: { x: number; y: number }, palette: Palette) {
  to.font = "11px sans-serif";
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  to.lineWidth = 3;
  to.strokeStyle = palette.ground;
  to.strokeText(text, x, y);
  to.fillStyle = palette.quiet;
  to.fillText(text, x, y);
}

function paintRing(to: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, palette: Palette): void {
  to.beginPath();
  to.arc(x, y, ring.radius, 0, Math.PI * 2);
  to.fillStyle = palette.surface;
  to.fill();
  to.lineWidth = ring.radius - ring.inner;
  to.strokeStyle = palette.red;
  to.stroke();
}
