import type { CoreMethod, MethodInput, MethodOutput } from "./methods.ts";
import type { CoreStateName, StateParams, StateValue } from "./states.ts";

/** A state of the core as seen from afar: undefined until the first value came. */
export interface RemoteState<T> {
  peek(): T | undefined;
  /** Watching starts with the first subscriber and ends with the last. */
  subscribe(listener: () => void): () => void;
}

/** The core as the interface holds it. The renderer's fake in tests is one of these too. */
export interface CoreClient {
  /** Rejects with a `CoreError` and nothing else. */
  call<M extends CoreMethod>(
    method: M,
    input: MethodInput<M>,
  ): Promise<MethodOutput<M>>;
  /** Equal names and parameters give the same state object while it is watched. */
  state<S extends CoreStateName>(
    name: S,
    params: StateParams<S>,
  ): RemoteState<StateValue<S>>;
  /** Whether the line to the core is up; values stay, marked stale, when it is not. */
  readonly connection: {
    peek(): "up" | "down";
    subscribe(listener: () => void): () => void;
  };
}
