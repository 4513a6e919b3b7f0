import type { Asset } from "#shared/contract.ts";

/** Colours of the map, read from the theme; the canvas cannot read style sheets by itself. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly fault: string;
  readonly offline: string;
  readonly focus: string;
  readonly red: string;
  readonly orange: string;
  readonly yellow: string;
  readonly running: string;
  readonly onColour: string;
  readonly onRed: string;
  readonly onYellow: string;
}

const names: Readonly<Record<keyof Palette, string>> = {
  ground: "--map-ground",
  surface: "--map-surface",
  ink: "--map-ink",
  quiet: "--map-quiet",
  line: "--map-line",
  fault: "--map-fault",
  offline: "--map-offline",
  focus: "--map-focus",
  red: "--map-red",
  orange: "--map-orange",
  yellow: "--map-yellow",
  running: "--map-running",
  onColour: "--map-on-colour",
  onRed: "--on-red",
  onYellow: "--on-yellow",
};

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    Object.entries(names).map(([key, name]) => [key, style.getPropertyValue(name).trim() || "#808080"]),
  ) as unknown as Palette;
}

/** Icons of the kinds, as text, put into the page when it is built; a kind without one shows its first character. */
const files = import.meta.glob<string>("../../../resources/icons/assets/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});
const icons = new Map(
  Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf("/") + 1, -".svg".length), text]),
);

/** The icon of a kind in one colour, as an address an image can load. */
export function iconAddress(kind: string, colour: string): string | undefined {
  const text = icons.get(kind);
  if (text === undefined) return undefined;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text.replaceAll("currentColor", colour))}`;
}

/** Side of the sheet on which marks are drawn, CSS px: room for some two thousand. */
const sheetSide = 1024;

interface Slot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Marks drawn once for each kind, status and size on one sheet, then only copied: thousands of copies are cheap, thousands of
 * paths are not, and a canvas for each mark would cost more memory than the map. An icon loads in its own time: until then the
 * first character of the kind's name stands in, and `onReady` asks for a new painting.
 */
export class Sprites {
  readonly #slots = new Map<string, Slot>();
  #sheet: CanvasRenderingContext2D | undefined;
  #sharp = 0;
  /** Where the next mark goes: in rows, each as high as its highest mark. */
  #next = { left: 0, top: 0, rowHeight: 0 };
  /** Copies that wait for `flush`: slot, x and y, slot, x and y, … */
  readonly #copies: (Slot | number)[] = [];
  /** How many of them wait; the list itself keeps its room, or each frame of a drag would make one of tens of kilobytes. */
  #waiting = 0;
  readonly #images = new Map<string, HTMLImageElement | "loading" | "none">();
  readonly #onReady: () => void;

  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** New colours: everything is drawn anew. */
  clear(): void {
    this.#slots.clear();
    this.#next = { left: 0, top: 0, rowHeight: 0 };
    const sheet = this.#sheet;
    if (!sheet) return;
    sheet.setTransform(1, 0, 0, 1, 0, 0);
    sheet.clearRect(0, 0, sheet.canvas.width, sheet.canvas.height);
  }

  /**
   * Puts the mark of this key with its middle at a point; `draw` makes it around (0, 0) the first time. It appears with `flush`:
   * a sheet that is drawn on between two copies would be copied as a whole each time.
   */
  put(
    to: CanvasRenderingContext2D,
    key: string,
    x: number,
    y: number,
    width: number,
    height: number,
    draw: (to: CanvasRenderingContext2D) => void,
  ): void {
    const slot = this.#slots.get(key) ?? this.#draw(to, key, width, height, draw);
    if (!slot) return;
    const copies = this.#copies;
    copies[this.#waiting++] = slot;
    copies[this.#waiting++] = Math.round(x - width / 2);
    copies[this.#waiting++] = Math.round(y - height / 2);
  }

  /** Copies what was put since the last time, in that order. */
  flush(to: CanvasRenderingContext2D): void {
    const copies = this.#copies;
    const sharp = this.#sharp;
    const sheet = this.#sheet?.canvas;
    for (let i = 0; sheet && i < this.#waiting; i += 3) {
      const { left, top, width, height } = copies[i] as Slot;
      const [x, y] = [copies[i + 1] as number, copies[i + 2] as number];
      to.drawImage(sheet, left * sharp, top * sharp, width * sharp, height * sharp, x, y, width, height);
    }
    this.#waiting = 0;
  }

  #draw(
    to: CanvasRenderingContext2D,
    key: string,
    width: number,
    height: number,
    draw: (to: CanvasRenderingContext2D) => void,
  ): Slot | undefined {
    const sharp = Math.max(1, window.devicePixelRatio);
    if (sharp !== this.#sharp || !this.#sheet) {
      this.flush(to);
      this.#open(sharp);
    }
    const sheet = this.#sheet;
    if (!sheet) return undefined;
    const next = this.#next;
    if (next.left + width > sheetSide) this.#next = { left: 0, top: next.top + next.rowHeight, rowHeight: 0 };
    // Counts differ without end: when the sheet is full, it begins anew.
    if (this.#next.top + height > sheetSide) {
      this.flush(to);
      this.clear();
    }
    const { left, top, rowHeight } = this.#next;
    const slot = { left, top, width: Math.ceil(width), height: Math.ceil(height) };
    this.#next = { left: left + slot.width + 1, top, rowHeight: Math.max(rowHeight, slot.height + 1) };
    sheet.setTransform(sharp, 0, 0, sharp, (left + width / 2) * sharp, (top + height / 2) * sharp);
    draw(sheet);
    this.#slots.set(key, slot);
    return slot;
  }

  #open(sharp: number): void {
    const canvas = this.#sheet?.canvas ?? document.createElement("canvas");
    canvas.width = sheetSide * sharp;
    canvas.height = sheetSide * sharp;
    this.#sheet = canvas.getContext("2d") ?? undefined;
    this.#sharp = sharp;
    this.clear();
  }

  glyph(
    to: CanvasRenderingContext2D,
    kind: string,
    letter: string,
    colour: string,
    x: number,
    y: number,
    size: number,
  ): void {
    const image = this.#image(kind, colour);
    if (image instanceof HTMLImageElement) {
      to.drawImage(image, x - size / 2, y - size / 2, size, size);
      return;
    }
    to.fillStyle = colour;
    to.font = `${Math.round(size * 0.86)}px sans-serif`;
    to.textAlign = "center";
    to.textBaseline = "middle";
    to.fillText(letter, x, y + 0.5);
  }

  #image(kind: string, colour: string): HTMLImageElement | "loading" | "none" {
    const key = `${kind}|${colour}`;
    const known = this.#images.get(key);
    if (known) return known;
    const address = iconAddress(kind, colour);
    this.#images.set(key, address ? "loading" : "none");
    if (address) {
      const image = new Image(64, 64);
      image.onload = () => {
        this.#images.set(key, image);
        this.clear();
        this.#onReady();
      };
      image.onerror = () => this.#images.set(key, "none");
      image.src = address;
    }
    return this.#images.get(key) ?? "none";
  }
}

export type AssetStatus = Asset["status"];
