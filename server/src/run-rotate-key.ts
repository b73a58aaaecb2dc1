import { changeKeptKey, forgetOtherKey, openMasterKey, rotateKey } from "#rooms/store";
import { ConfigError } from "#platform/config/config.ts";
import { rotateRefundAccounts } from "#rooms/payment";
import { openPoolFor, type Start } from "./running.ts";

/**
 * Puts the stores' credentials under another master key (docs/running.md, "Another master key"). Running it again goes
 * on where it stopped, and changes nothing once it is done.
 *
 * @throws ConfigError when there is no second key, or a credential opens with neither
 */
export async function runRotateKey({ config, log }: Start): Promise<null> {
  const { masterKey, otherMasterKey, dataDir } = config;
  const isKept = masterKey === null;
  if (!isKept && otherMasterKey === null)
    throw new ConfigError("Set MUSE_MASTER_KEY to the new key and MUSE_OTHER_MASTER_KEY to the one before.");
  // Makes sure that there is one to be changed, and of the right form.
  openMasterKey(config);
  if (isKept) changeKeptKey(dataDir);

  const pool = openPoolFor({ config, log }, "rotate-key");
  try {
    const master = openMasterKey(config);
    const { rewrapped, shut } = await rotateKey(pool, master);
    const accounts = await rotateRefundAccounts(pool, master);
    for (const { owner, why } of shut)
      process.stdout.write(`${owner.storeId}: the ${owner.purpose} credential does not open (${why})\n`);
    if (shut.length > 0)
      throw new ConfigError(`${shut.length} credentials open with neither key: enter them again, then run this again.`);
    for (const refundId of accounts.shut)
      process.stdout.write(`${refundId}: the account it goes into does not open; its owner will be asked again\n`);
    if (isKept) forgetOtherKey(dataDir);
    const count = rewrapped + accounts.rewrapped;
    process.stdout.write(
      `${count} credentials and accounts are under the new master key now; none is under another.\n`,
    );
    process.stdout.write(isKept ? "Start again what runs: it still has the key before.\n" : "");
  } finally {
    await pool.end();
  }
  return null;
}
