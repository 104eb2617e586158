import type { RemoteState } from "#core/contract/client.ts";
import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";

/** What is needed of the line: to begin and end watching. Silent while the line is down. */
export interface WatchLine {
  watch(id: number, state: string, params: unknown): void;
  unwatch(id: number): void;
  nextId(): number;
}

/** Unwatched states that are remembered, so that going back shows the last value at once. */
const REMEMBERED = 64;

interface Entry {
  readonly id: number;
  readonly name: CoreStateName;
  readonly params: unknown;
  readonly listeners: Set<() => void>;
  readonly state: RemoteState<unknown>;
  value: unknown;
}

/** The states the interface watches, over a line that comes and goes. */
export interface RemoteStates {
  get<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
  ): RemoteState<StateValue<S>>;
  /** A value came for a watch. */
  take(id: number, value: unknown): void;
  /** A new line: every state with a subscriber is watched again. */
  rewatch(): void;
}

export function createRemoteStates(line: WatchLine): RemoteStates {
  /** By name and parameters; the longest unused first. */
  const entries = new Map<string, Entry>();
  const watched = new Map<number, Entry>();

  function forgetOldest(): void {
    let idle = entries.size - watched.size;
    for (const [key, entry] of entries) {
      if (idle <= REMEMBERED) return;
      if (watched.has(entry.id)) continue;
      entries.delete(key);
      idle--;
    }
  }

  function create(key: string, name: CoreStateName, params: unknown): Entry {
    const id = line.nextId();
    const listeners = new Set<() => void>();
    const entry: Entry = {
      id,
      name,
      params,
      listeners,
      value: undefined,
      state: {
        peek: () => entry.value,
        subscribe(listener) {
          // Each subscriber counts, also one that comes twice with the same function.
          const own = () => {
            listener();
          };
          listeners.add(own);
          if (!watched.has(id)) {
            watched.set(id, entry);
            entries.set(key, entry);
            line.watch(id, name, params);
          }
          return () => {
            if (!listeners.delete(own) || listeners.size > 0) return;
            watched.delete(id);
            line.unwatch(id);
            forgetOldest();
          };
        },
      },
    };
    return entry;
  }

  return {
    get(name, params) {
      const key = `${name} ${stableText(params)}`;
      const entry = entries.get(key) ?? create(key, name, params);
      // Moved to the end: used last.
      entries.delete(key);
      entries.set(key, entry);
      forgetOldest();
      return typed(entry.state);
    },
    take(id, value) {
      const entry = watched.get(id);
      if (entry === undefined) return;
      entry.value = value;
      for (const listener of [...entry.listeners]) listener();
    },
    rewatch() {
      for (const { id, name, params } of watched.values())
        line.watch(id, name, params);
    },
  };
}

/** Equal parameters give equal text, whatever the order of their fields. */
function stableText(params: object): string {
  return JSON.stringify(
    Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * The two ends are one build and the core is trusted: a value under the name
 * of a state is taken to be that state's value.
 */
function typed<S extends CoreStateName>(
  state: RemoteState<unknown>,
): RemoteState<StateValue<S>> {
  const isTyped = (_: RemoteState<unknown>): _ is RemoteState<StateValue<S>> =>
    true;
  if (isTyped(state)) return state;
  throw new Error("not a state");
}
