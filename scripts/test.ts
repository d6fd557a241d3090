import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** `npm test`: every test, then one closing line anybody can read. Arguments go to vitest (a file name, -t "…"). */
const report = path.join(os.tmpdir(), `reelshelf-tests-${process.pid}.json`);
const args = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
if (!process.env.REFERENCE_DIR) console.error("REFERENCE_DIR is not set: contract comparison NOT RUN");

const child = spawn(process.execPath, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  const { numPassedTests: passed, numFailedTests: failed } = readReport();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(passed === 0 ? 1 : (code ?? 1));
});

/** Counts of the run; zeros (which fail it) when vitest could not even write its report. */
function readReport(): { numPassedTests: number; numFailedTests: number } {
  try {
    return JSON.parse(fs.readFileSync(report, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  } finally {
    fs.rmSync(report, { force: true });
  }
}
