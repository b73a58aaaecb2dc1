import { EmbeddedPostgresError } from "./embedded-postgres/error.ts";
import { MigrationError } from "./migrate.ts";

/** Runs a tool's main function: its answer is the exit code, and what a person can mend is said without a trace. */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError || error instanceof MigrationError)) throw error;
    process.stdout.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
