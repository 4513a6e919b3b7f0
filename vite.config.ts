import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The pages. The shell's parts are built by `tools/build.ts`; `npx vite build` alone builds the pages. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
    reportCompressedSize: false,
  },
});
