import { seedDemo } from "./seed.ts";
import { openPoolFor, type Start } from "./running.ts";

/** Fills an empty database with the sandbox's stores, goods and people; again, it brings them up to date. */
export async function runSeed({ config, log }: Start): Promise<null> {
  const pool = openPoolFor({ config, log }, "seed");
  try {
    await seedDemo({ db: pool, config });
  } finally {
    await pool.end();
  }
  return null;
}
