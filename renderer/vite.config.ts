import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) =>
  decodeURIComponent(new URL(path, import.meta.url).pathname);

/** One build for both hosts. Nothing inline: both serve it under a strict content policy. */
export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [react()],
  server: { host: "127.0.0.1", fs: { allow: [here("..")] } },
  build: {
    outDir: here("../dist/renderer"),
    emptyOutDir: true,
    target: "chrome128",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The PDF worker asks for these two by their own names.
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith("_nowasm_fallback.js"))
            ? "assets/decoders/[name][extname]"
            : "assets/[name]-[hash][extname]",
      },
    },
  },
});
