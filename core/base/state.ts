/**
 * A value that changes over time. `peek` reads it now; `subscribe` calls back
 * after each change. Whoever made it changes it; everybody else only looks.
 */
export interface State<T> {
  peek(): T;
  /** The listener runs after each change, never at once; the answer unsubscribes. */
  subscribe(listener: () => void): () => void;
}

export interface Source<T> extends State<T> {
  /** Sets the value; listeners run only when it is another one. */
  set(value: T): void;
  update(change: (value: T) => T): void;
}

export function createState<T>(initial: T): Source<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  function set(next: T): void {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  }
  return {
    peek: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set,
    update(change) {
      set(change(value));
    },
  };
}

/** A thing that happens, without a value: "posts changed", "contacts changed". */
export interface Signal {
  subscribe(listener: () => void): () => void;
}

export interface Trigger extends Signal {
  fire(): void;
}

export function createTrigger(): Trigger {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    fire() {
      for (const listener of [...listeners]) listener();
    },
  };
}

/** Joins several signals into one. */
export function anyOf(...signals: readonly Signal[]): Signal {
  return {
    subscribe(listener) {
      const ends = signals.map((signal) => signal.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
