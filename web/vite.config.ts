import { preact } from "@preact/preset-vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { leaveOut } from "./scripts/leaveOut.mjs";

const forVirtua = fileURLToPath(new URL("src/components/reactForVirtua.ts", import.meta.url));

// LANYARD_SERVER: where `npm run dev` sends the API calls, so that the page keeps one origin.
const server = process.env["LANYARD_SERVER"] ?? "http://localhost:8448";

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false })],
  resolve: {
    alias: {
      "react/jsx-runtime": "preact/jsx-runtime",
      react: forVirtua,
      "react-dom": forVirtua,
    },
  },
  worker: {
    format: "es",
    plugins: () => [leaveOut()],
    // A folder of their own, so that the budgets can tell the engine from the shell.
    rolldownOptions: {
      output: {
        entryFileNames: "assets/worker/[name]-[hash].js",
        chunkFileNames: "assets/worker/[name]-[hash].js",
      },
    },
  },
  css: { preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ["if-function"] } } },
  build: {
    target: "es2022",
    // Data URLs would need more of the content security policy than 'self'.
    assetsInlineLimit: 0,
    // One style sheet and plain imports: the code that loads pieces would cost more than it saves.
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: {
        index: "index.html",
        sw: "src/platform/serviceWorker.ts",
        console: "src/console/console.ts",
        custodian: "src/console/custodian.ts",
      },
      output: {
        // What every screen shares is one file and not ten: fewer requests, and it packs better.
        codeSplitting: {
          groups: [
            { name: "app", test: /src.(main\.tsx|components.(action|sheet|form|tag|notice))/ },
          ],
        },
        entryFileNames: (chunk) =>
          ["sw", "custodian"].includes(chunk.name) ? `${chunk.name}.js` : "assets/[name]-[hash].js",
      },
    },
  },
  server: {
    proxy: { "/_matrix": server, "/_lanyard": server, "/.well-known": server },
  },
  test: { include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"], environment: "node" },
});
