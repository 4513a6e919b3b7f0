import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { sharedIsPure, startsWithoutSchemas } from "./tools/first-chunk.ts";

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

/** The pages. The shell's parts are built by `tools/build.ts`; `npx vite build` alone builds the pages. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react(), leafletWithoutMarkup(), sharedIsPure(), startsWithoutSchemas()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    // One sheet in one order, whichever place is opened first.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
    // What a start waits for is one file: each of a dozen small ones is asked for, answered and found compiled by itself.
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "first", tags: ["$initial"], test: (id) => !/[\\/]node_modules[\\/]zod[\\/]/.test(id) }],
        },
      },
    },
    reportCompressedSize: false,
  },
});
