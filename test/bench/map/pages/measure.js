// What every page of this bench is measured with, ours and the peers' alike. Plain script: it is put into the page as it stands.
globalThis.bench = (() => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // A message posted in a frame arrives after that frame was painted.
  const afterPaint = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(0);
    });

  /** Time until what `act` began is painted whole, and how long the page itself worked for it, ms. */
  async function painted(act, done, limitMs = 60_000) {
    let firstAt = 0;
    requestAnimationFrame(() => {
      firstAt = performance.now();
    });
    const from = performance.now();
    act();
    const acted = performance.now() - from;
    await frame();
    const work = acted + performance.now() - firstAt;
    await afterPaint();
    // Asked after the frame, not in it: whoever draws in the same frame has drawn.
    while (!done()) {
      if (performance.now() - from > limitMs) throw new Error("nothing was painted");
      await frame();
      await afterPaint();
    }
    return { painted: performance.now() - from, work };
  }

  /** A walk of pans of 80 px, to and fro, so that it stays over the same country. */
  async function walk(pan, done, count) {
    const steps = [
      [80, 0],
      [80, 0],
      [0, 80],
      [80, 0],
      [0, 80],
      [-80, 0],
      [-80, 0],
      [0, -80],
      [-80, 0],
      [0, -80],
    ];
    const taken = [];
    for (let i = 0; i < count; i++) {
      const [x, y] = steps[i % steps.length];
      taken.push(await painted(() => pan(x, y), done));
    }
    return taken;
  }

  /** Lengths of the frames while somebody drags, until `stop` is called. */
  function watchFrames() {
    const lengths = [];
    let before = performance.now();
    let on = true;
    const look = (at) => {
      lengths.push(at - before);
      before = at;
      if (on) requestAnimationFrame(look);
    };
    requestAnimationFrame((at) => {
      before = at;
      requestAnimationFrame(look);
    });
    return () => {
      on = false;
      return lengths.slice(1);
    };
  }

  return { painted, walk, watchFrames, frame };
})();
