import { readConfig } from "./config.ts";
import { startSandbox, type SandboxOptions } from "./start-sandbox.ts";

const config = readConfig();
if (typeof config === "string") fail(config);
else await run(config);

async function run(options: SandboxOptions): Promise<void> {
  try {
    const sandbox = await startSandbox(options);
    process.stdout.write(`sandbox: the outside world listens at ${sandbox.url}\n`);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
    }
  } catch (cause) {
    fail(
      isBusy(cause)
        ? `port ${options.port} is busy; set SANDBOX_PORT to another one`
        : `could not start: ${String(cause)}`,
    );
  }
}

function fail(reason: string): void {
  process.stderr.write(`sandbox: ${reason}\n`);
  process.exitCode = 1;
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
}
