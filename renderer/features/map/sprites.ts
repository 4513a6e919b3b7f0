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

const mostSprites = 1500;

/**
 * Marks drawn once for each kind, status and size, then only copied: thousands of copies are cheap, thousands of paths
 * are not. An icon loads in its own time: until then the first character of the kind's name stands in, and `onReady`
 * asks for a new painting.
 */
export class Sprites {
  readonly #drawn = new Map<string, HTMLCanvasElement>();
  #sharp = 0;
  readonly #images = new Map<string, HTMLImageElement | "loading" | "none">();
  readonly #onReady: () => void;

  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** New colours: everything is drawn anew. */
  clear(): void {
    this.#drawn.clear();
  }

  /** Puts the mark of this key on the canvas with its middle at a point; `draw` makes it around (0, 0) the first time. */
  put(
    to: CanvasRenderingContext2D,
    key: string,
    x: number,
    y: number,
    width: number,
    height: number,
    draw: (to: CanvasRenderingContext2D) => void,
  ): void {
    const sharp = Math.max(1, window.devicePixelRatio);
    if (sharp !== this.#sharp) this.clear();
    this.#sharp = sharp;
    let sprite = this.#drawn.get(key);
    if (!sprite) {
      sprite = document.createElement("canvas");
      sprite.width = Math.ceil(width * sharp);
      sprite.height = Math.ceil(height * sharp);
      const on = sprite.getContext("2d");
      if (!on) return;
      on.setTransform(sharp, 0, 0, sharp, sprite.width / 2, sprite.height / 2);
      // Counts differ without end: the store of them must not grow with the day.
      if (this.#drawn.size >= mostSprites) this.clear();
      this.#drawn.set(key, sprite);
      draw(on);
    }
    to.drawImage(sprite, Math.round(x - width / 2), Math.round(y - height / 2), width, height);
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
