import { onSecond } from "#renderer/parts/index.ts";
import { clockText } from "#renderer/text/format.ts";

/**
 * Shows the time of the desk in `box`, to the second, drawn past the page: the figures are a canvas of their own that the compositor
 * takes as it is, so that no second lays out, paints or composites anything else. It is most of what a desk at rest does. Colour and
 * font are those of the box. Returns what draws it anew, and what ends it.
 */
export function showSeconds(box: HTMLElement): { readonly redraw: () => void; readonly end: () => void } {
  const canvas = box.ownerDocument.createElement("canvas");
  const drawn = drawnPastThePage(canvas);
  if (!drawn) return showAsText(box);
  const { figures, context } = drawn;
  const style = getComputedStyle(box);
  const size = { width: box.clientWidth, height: box.clientHeight };
  box.append(canvas);
  let scale = 0;
  let shownAt = 0;

  function draw(now: number): void {
    shownAt = now;
    if (scale !== devicePixelRatio) {
      scale = devicePixelRatio;
      figures.width = Math.round(size.width * scale);
      figures.height = Math.round(size.height * scale);
    }
    // Said each time: a context that was lost with the process of the GPU comes back and knows nothing of it.
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.fillStyle = style.color;
    context.textAlign = "center";
    context.clearRect(0, 0, size.width, size.height);
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below, width: figure } = context.measureText("0");
    const colon = context.measureText(":").width;
    const line = Math.round((size.height - above - below) / 2 + above);
    // From the right, each figure in a cell as wide as all others, whatever the font thinks of a 1.
    let right = size.width;
    for (const one of [...clockText(now)].reverse()) {
      const cell = one === ":" ? colon : figure;
      context.fillText(one, right - cell / 2, line);
      right -= cell;
    }
  }

  const end = onSecond(draw);
  return {
    redraw: () => draw(shownAt),
    end() {
      end();
      canvas.remove();
    },
  };
}

/** `null`: it cannot be had here; a clock is then written rather than missing. */
function drawnPastThePage(canvas: HTMLCanvasElement) {
  try {
    const figures = canvas.transferControlToOffscreen();
    const context = figures.getContext("2d");
    return context && { figures, context };
  } catch {
    return null;
  }
}

function showAsText(box: HTMLElement): ReturnType<typeof showSeconds> {
  const figures = box.appendChild(box.ownerDocument.createTextNode(""));
  const end = onSecond((now) => {
    figures.data = clockText(now);
  });
  return {
    redraw: () => {},
    end() {
      end();
      figures.remove();
    },
  };
}
