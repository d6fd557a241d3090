import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

export default defineConfig({
  test: {
    // many tests wait for real margins, not for the processor
    maxWorkers: 5,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "house",
          include: ["app/**/*.test.ts", "sandbox/**/*.test.ts", "tests/**/*.test.ts", "scripts/**/*.test.ts"],
          // files share a process, one after the other: loading the app for each would take longer than most of them
          isolate: false,
          globalSetup: ["tests/support/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The admin runs extensions in a document with Preact, not in Node with React.
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        test: {
          name: "extensions",
          include: ["extensions/*/tests/**/*.test.tsx"],
          environment: "jsdom",
          server: { deps: { inline: [/ui-extensions-tester/] } },
        },
      },
    ],
  },
});
