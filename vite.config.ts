import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Leaflet asks at load whether inline SVG works, by turning a string into HTML. Under Trusted Types that throws, and no
 * page would come up; the same question can be asked without a string.
 */
function leafletWithoutMarkup(): Plugin {
  const probe = "div.innerHTML = '<svg/>';";
  return {
    name: "leaflet-without-markup",
    transform(code, id) {
      if (!/leaflet-src(\.esm)?\.js/.test(id)) return;
      if (!code.includes(probe)) throw new Error("Leaflet has changed: look again at its probe for inline SVG.");
      return { code: code.replace(probe, "div.appendChild(svgCreate('svg'));"), map: null };
    },
  };
}

const shared = join(import.meta.dirname, "shared");

/**
 * `shared` does nothing when it is read: what the pages do not use of it may go. The core alone holds inputs against the
 * contract; without this every page would build some eight hundred schemas of zod before it shows anything.
 */
function madeOfZod(): string[] {
  const schemas = readdirSync(shared, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...readFileSync(join(shared, file), "utf8").matchAll(/^(?:export )?const (\w+Schema)\b/gm)])
    .map(([, name = ""]) => name);
  return ["z", "query", "command", "instant", ...new Set(schemas)];
}

/** The pages. The shell's parts are built by `tools/build.ts`; `npx vite build` alone builds the pages. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react(), leafletWithoutMarkup()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    // One sheet in one order, whichever place is opened first.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: {
        moduleSideEffects: [{ test: /[\\/]shared[\\/][^?]*\.ts$/, sideEffects: false }],
        manualPureFunctions: madeOfZod(),
      },
    },
  },
});
