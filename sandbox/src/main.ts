import { readConfig } from "./config.ts";
import { startSandbox, type SandboxOptions } from "./start-sandbox.ts";

const config = readConfig();
if (typeof config === "string") fail(config);
else await run(config);

async function run(options: SandboxOptions): Promise<void> {
  try {
    const sandbox = await startSandbox(options);
    process.stdout.write(`sandbox: the outside world listens at ${sandbox.url}\n`);
    process.stdout.write(`sandbox: mail is taken at ${sandbox.smtpUrl} and read at ${sandbox.url}/mail\n`);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
    }
  } catch (cause) {
    fail(busyPort(cause, options) ?? `could not start: ${String(cause)}`);
  }
}

function fail(reason: string): void {
  process.stderr.write(`sandbox: ${reason}\n`);
  process.exitCode = 1;
}

/** Which of the two ports is taken, and how to choose another. */
function busyPort(cause: unknown, options: SandboxOptions): string | undefined {
  if (!(cause instanceof Error && "code" in cause && "port" in cause && cause.code === "EADDRINUSE")) return undefined;
  const variable = cause.port === options.port ? "SANDBOX_PORT" : "SANDBOX_SMTP_PORT";
  return `port ${String(cause.port)} is busy; set ${variable} to another one`;
}
