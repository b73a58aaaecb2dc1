/**
 * Loaded before a program (`node --import`): lets the harness turn that one process's clock while it runs, as an NTP
 * step or a bad virtual machine does. `performance.now()` and timers stay as they are, as they do then.
 */
const real = Date;
let offsetMs = 0;

const now = (): number => real.now() + offsetMs;

globalThis.Date = new Proxy(real, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  apply: () => new real(now()).toString(),
  get: (target, property, receiver) =>
    property === "now" ? now : (Reflect.get(target, property, receiver) as unknown),
});

process.on("message", (message) => {
  if (typeof message === "object" && message !== null && "clockOffsetMs" in message) {
    offsetMs = Number(message.clockOffsetMs);
  }
});
// The listener alone must not keep a finished program alive.
process.channel?.unref();
