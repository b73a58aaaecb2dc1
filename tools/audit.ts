/**
 * Asks the registry whether anything that runs in production has a known hole (high or critical).
 *
 * Exit code: 1 when it has. Where nobody can be asked (no network, a mirror without advisories) it passes, and says
 * aloud that it has found out nothing: the gate must also work on a train.
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { judge, type Verdict } from "./audit/judge.ts";
import { runTool } from "./run-tool.ts";

/** A registry that has advisories answers in a second or two. */
const timeoutMs = 15_000;

const root = resolve(import.meta.dirname, "..");

async function main(): Promise<number> {
  const verdict = await audited();
  process.stdout.write(`${worded(verdict)}\n`);
  return verdict.kind === "found" ? 1 : 0;
}

async function audited(): Promise<Verdict> {
  const options = ["--omit=dev", "--audit-level=high", "--json", "--fetch-retries=0"];
  const child = spawn("npm", ["audit", ...options], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    signal: AbortSignal.timeout(timeoutMs),
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  return await new Promise((settle) => {
    child.once("close", () => settle(judge(Buffer.concat(output).toString())));
    child.once("error", ({ name, message }) =>
      settle({
        kind: "absent",
        why: name === "AbortError" ? `no answer within ${timeoutMs / 1000} s` : message,
      }),
    );
  });
}

function worded(verdict: Verdict): string {
  switch (verdict.kind) {
    case "clean":
      return `${verdict.packages} packages, nothing high or critical`;
    case "found":
      return ["Known holes in what runs in production:", ...verdict.findings.map((line) => `  ${line}`)].join("\n");
    case "absent":
      return `!!! THE DEPENDENCY AUDIT DID NOT RUN, nothing is known of them: ${verdict.why}`;
  }
}

await runTool(main);
