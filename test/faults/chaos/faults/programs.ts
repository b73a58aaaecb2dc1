import { setTimeout as delay } from "node:timers/promises";
import { kill, untilBack } from "../kill.ts";
import type { FaultKind } from "../scene.ts";

export const killApi: FaultKind = {
  name: "kill-api",
  tells: "SIGKILL of an API process; it is started again at once",
  weight: 5,
  strike: async (scene, random) => await kill(scene, random.pick(scene.system.apis)),
};

export const killWorker: FaultKind = {
  name: "kill-worker",
  tells: "SIGKILL of a worker process; it is started again at once",
  weight: 6,
  strike: async (scene, random) => await kill(scene, random.pick(scene.system.workers)),
};

export const killAll: FaultKind = {
  name: "kill-all",
  tells: "SIGKILL of every process at once, as when the machine loses power",
  weight: 1,
  strike: async (scene) => {
    await Promise.all([...scene.system.apis, ...scene.system.workers].map(async (unit) => await kill(scene, unit)));
  },
};

export const termination: FaultKind = {
  name: "terminate",
  tells: "SIGTERM of a process: it ends in order, as during a deployment, and is started again",
  weight: 4,
  strike: async (scene, random) => {
    const unit = random.pick([...scene.system.apis, ...scene.system.workers]);
    scene.note(`SIGTERM ${unit.name}`);
    await scene.disturb([unit], async () => {
      const before = unit.program.pid();
      unit.program.terminate();
      // A worker that ends in order may take its ten seconds.
      for (let looks = 0; looks < 300 && unit.program.pid() === before; looks += 1) await delay(100);
      await untilBack(scene, unit);
    });
  },
};

export const clockJump: FaultKind = {
  name: "clock-jump",
  tells: "one process's clock jumps by up to forty minutes, either way, and later back",
  weight: 2,
  strike: async ({ system, note }, random) => {
    const unit = random.pick([...system.apis, ...system.workers]);
    const minutes = random.pick([-40, -7, 7, 40]);
    note(`the clock of ${unit.name} jumps by ${minutes} minutes`);
    unit.program.tell({ clockOffsetMs: minutes * 60_000 });
    await delay(random.int(1_000, 6_000));
    unit.program.tell({ clockOffsetMs: 0 });
  },
};
