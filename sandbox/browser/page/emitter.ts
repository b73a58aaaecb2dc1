export type Handler = (event: unknown) => void;

export type Emitter = {
  readonly on: (name: string, handler: Handler) => void;
  readonly once: (name: string, handler: Handler) => void;
  /** Without a handler: all of that name. */
  readonly off: (name: string, handler?: Handler) => void;
  /** False when nobody listens. A handler that throws is reported like any uncaught error and stops nobody else. */
  readonly emit: (name: string, event: unknown) => boolean;
};

export function makeEmitter(): Emitter {
  const handlers = new Map<string, Handler[]>();
  const of = (name: string): Handler[] => handlers.get(name) ?? [];
  const off = (name: string, handler?: Handler): void =>
    void handlers.set(name, handler === undefined ? [] : of(name).filter((each) => each !== handler));
  return {
    on: (name, handler) => void handlers.set(name, [...of(name), handler]),
    once(name, handler) {
      const once: Handler = (event) => {
        off(name, once);
        handler(event);
      };
      handlers.set(name, [...of(name), once]);
    },
    off,
    emit(name, event) {
      const told = of(name);
      for (const handler of told) {
        try {
          handler(event);
        } catch (error) {
          reportError(error);
        }
      }
      return told.length > 0;
    },
  };
}
