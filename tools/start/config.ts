import { createServer } from "node:net";
import { resolve } from "node:path";

export type StartConfig = {
  /** Where everything that must outlive a restart lies. */
  readonly dataDir: string;
  /** A PostgreSQL of one's own; undefined means an embedded one. */
  readonly databaseUrl: string | undefined;
  /** Of the shop's pages. */
  readonly webPort: number;
  readonly apiPort: number;
  /** Undefined when real providers' keys are set: then nothing of the sandbox runs. */
  readonly sandboxPort: number | undefined;
};

/** Something that the person at the keyboard can mend, told in their words. */
export class StartError extends Error {
  override readonly name = "StartError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings that the start itself needs; each program reads its own.
 *
 * @throws StartError for a value that cannot be, or a port that somebody else has
 */
export async function readStartConfig(env: Environment = process.env): Promise<StartConfig> {
  const usesProviders = isSet(env["STRIPE_SECRET_KEY"]) || env["STRIPE_LIVE_MODE"] === "true";
  const databaseUrl = isSet(env["DATABASE_URL"]) ? env["DATABASE_URL"] : undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new StartError("DATABASE_URL does not begin with postgres://");
  }
  return {
    dataDir: resolve(env["MUSE_DATA"] ?? ".muse"),
    databaseUrl,
    webPort: await usablePort("PORT", env["PORT"] ?? "3000"),
    apiPort: await usablePort("API_PORT", env["API_PORT"] ?? "4000"),
    sandboxPort: usesProviders ? undefined : await usablePort("SANDBOX_PORT", env["SANDBOX_PORT"] ?? "4100"),
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** 0 becomes a free port, so that the programs can be told of each other's. */
async function usablePort(variable: string, text: string): Promise<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartError(`${variable} is ${JSON.stringify(text)}, which is no port number`);
  return await new Promise((settle, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      const isBusy = "code" in error && error.code === "EADDRINUSE";
      const why = isBusy ? "is in use by another program" : `cannot be used (${error.message})`;
      reject(new StartError(`port ${port} ${why}: set ${variable} to another one, or to 0 for any`));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const found = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => settle(found));
    });
  });
}
