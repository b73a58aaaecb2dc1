import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { EmbeddedPostgresError } from "./error.ts";

/** As whom the server runs. PostgreSQL refuses to run as root, so for root it is an account of less power. */
export type Account = {
  readonly uid?: number;
  readonly gid?: number;
  readonly spawnAs: { readonly uid?: number; readonly gid?: number };
  /** The command line that runs a program as that account. */
  readonly wrap: (command: string, args: readonly string[]) => [string, string[]];
};

const asOurselves: Account = { spawnAs: {}, wrap: (command, args) => [command, [...args]] };

/** @throws EmbeddedPostgresError when root has nobody to run the server as */
export function serverAccount(binary: string, dataDir: string): Account {
  if (process.getuid?.() !== 0) return asOurselves;
  const { uid, gid } = idsOf("postgres") ?? createPostgresUser() ?? idsOf("nobody") ?? noAccount();

  mkdirSync(dataDir, { recursive: true });
  const spawnAs = { uid, gid };
  const canReach = [binary, dataDir].every((path) => spawnSync("test", ["-e", path], spawnAs).status === 0);
  if (canReach) return { uid, gid, spawnAs, wrap: asOurselves.wrap };

  // The checkout lies in a place that only root may enter, /root for one. The account keeps its own id, and with it
  // what PostgreSQL insists on, but may pass through; the secure bit lets access(2) know of it.
  if (!existsSync("/usr/bin/setpriv")) {
    throw new EmbeddedPostgresError(
      `the account that runs PostgreSQL cannot enter ${dataDir}: move it, or don't be root`,
    );
  }
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--securebits=+no_setuid_fixup"];
  const capabilities = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return {
    uid,
    gid,
    spawnAs: {},
    wrap: (command, args) => ["/usr/bin/setpriv", [...flags, ...capabilities, "--", command, ...args]],
  };
}

type Ids = { readonly uid: number; readonly gid: number };

function idsOf(name: string): Ids | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout));
  return uid !== undefined && gid !== undefined && uid > 0 && gid > 0 ? { uid, gid } : undefined;
}

function createPostgresUser(): Ids | undefined {
  spawnSync("groupadd", ["--system", "postgres"]);
  spawnSync("useradd", [
    "--system",
    "--gid",
    "postgres",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  return idsOf("postgres");
}

function noAccount(): never {
  throw new EmbeddedPostgresError("PostgreSQL does not run as root, and no account named postgres could be made");
}
