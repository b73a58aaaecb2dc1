import { setTimeout as delay } from "node:timers/promises";
import type { FaultKind, Scene } from "../scene.ts";
import type { Unit } from "../system.ts";

const everyUnit = ({ system }: Scene): Unit[] => [...system.apis, ...system.workers];

export const cutDatabase: FaultKind = {
  name: "cut-database",
  tells: "all of one process's connections to PostgreSQL are torn, in the middle of whatever they were saying",
  weight: 5,
  strike: async (scene, random) => {
    const unit = random.pick(everyUnit(scene));
    scene.note(`${unit.line.name} is cut`);
    unit.line.drop();
    await delay(200);
  },
};

export const slowDatabase: FaultKind = {
  name: "slow-database",
  tells: "every word between one process and PostgreSQL takes 20 to 150 ms longer",
  weight: 3,
  strike: async (scene, random) => {
    const { line } = random.pick(everyUnit(scene));
    const ms = random.int(20, 150);
    scene.note(`${line.name} is slow by ${ms} ms`);
    line.gate.slow(ms);
    await delay(random.int(1_000, 4_000));
    line.gate.open();
  },
};

export const silentDatabase: FaultKind = {
  name: "silent-database",
  tells: "nothing gets through between one process and PostgreSQL for up to eight seconds, and nobody is told",
  weight: 3,
  strike: async (scene, random) => {
    const unit = random.pick(everyUnit(scene));
    const ms = random.int(1_000, 8_000);
    scene.note(`${unit.line.name} is silent for ${ms} ms`);
    await scene.disturb([unit], async () => {
      unit.line.gate.shut();
      await delay(ms);
      unit.line.gate.open();
      // What had been said meanwhile arrives, or does not.
      if (random.chance(0.5)) unit.line.drop();
    });
  },
};

export const lostDatabase: FaultKind = {
  name: "lost-database",
  tells:
    "a process's connections to PostgreSQL are lost without a word, as when a firewall forgets them; new ones are well",
  weight: 2,
  strike: async (scene, random) => {
    const unit = random.pick(everyUnit(scene));
    scene.note(`${unit.line.name}: what is connected is lost`);
    await scene.disturb([unit], async () => {
      unit.line.gate.lose();
      // Longer than a statement may stay without an answer.
      await delay(10_000);
    });
  },
};

export const crashDatabase: FaultKind = {
  name: "crash-database",
  tells: "PostgreSQL is ended at once, without a checkpoint, and started again",
  weight: 2,
  strike: async (scene) => {
    scene.note("PostgreSQL crashes");
    await scene.disturb(everyUnit(scene), async () => {
      await scene.postgres.crash();
      await scene.system.untilUp();
    });
  },
};

export const endBackends: FaultKind = {
  name: "end-backends",
  tells: "some of PostgreSQL's sessions are ended by an administrator, others have their statement cancelled",
  weight: 3,
  strike: async ({ system, note }, random) => {
    const verb = random.pick(["pg_terminate_backend", "pg_cancel_backend"]);
    note(`${verb} for a third of all sessions`);
    await system.query(
      `select ${verb}(pid) from pg_stat_activity
       where application_name like 'muse %' and application_name <> 'muse faults' and pid % 3 = $1`,
      [random.int(0, 2)],
    );
  },
};

export const holdRows: FaultKind = {
  name: "hold-rows",
  tells: "somebody holds the rows of all open checkouts and their orders locked for longer than anybody waits",
  weight: 3,
  strike: async ({ system, note }, random) => {
    const table = random.pick(["checkout.session", "orders.store_order", "payment.payment", "placement.placement"]);
    const seconds = random.pick([0.5, 1.5, 3]);
    note(`the newest rows of ${table} are held for ${seconds} s`);
    await system.query(
      `with held as (select 1 from ${table} order by created_at desc limit 40 for update)
       select count(*), pg_sleep($1) from held`,
      [seconds],
    );
  },
};
