import { setTimeout as delay } from "node:timers/promises";
import { untilAnswers } from "../ports.ts";
import { WaitError } from "../wait-for.ts";
import type { Scene } from "./scene.ts";
import type { Unit } from "./system.ts";

/** SIGKILL of one process; resolves when it is back. */
export async function kill({ note, disturb }: Scene, unit: Unit): Promise<void> {
  note(`SIGKILL ${unit.name}`);
  await disturb([unit], async () => {
    unit.program.kill();
    await delay(50);
    await untilBack({ note }, unit);
  });
}

/** Others may be at it as well, again and again. Whether it comes back at all is seen when everything is over. */
export async function untilBack({ note }: Pick<Scene, "note">, { name, url }: Unit): Promise<void> {
  try {
    await untilAnswers(`${url}/readyz`);
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
    note(`${name} takes long to come back`);
  }
}
