import type { CoreClient, RemoteState } from "#core/contract/client.ts";
import type {
  CoreMethod,
  MethodInput,
  MethodOutput,
} from "#core/contract/methods.ts";
import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";
import { fakeMethods } from "./fake-methods.ts";
import { readers } from "./fake-states.ts";
import type { WorldStore } from "./fake-world.ts";

function remote<S extends CoreStateName>(
  store: WorldStore,
  name: S,
  params: StateParams<S>,
): RemoteState<StateValue<S>> {
  const read = readers[name];
  let world = store.get();
  let value = read(world, params);
  return {
    peek: () => {
      if (store.get().silent && name !== "app") return undefined;
      if (store.get() !== world) {
        world = store.get();
        const next = read(world, params);
        // Equal values keep their identity, as over the wire where nothing is sent twice.
        if (JSON.stringify(next) !== JSON.stringify(value)) value = next;
      }
      return value;
    },
    subscribe: store.subscribe,
  };
}

/** A core in memory, for tests and for looking at screens. */
export function fakeClient(
  store: WorldStore,
  connection: "up" | "down" = "up",
): CoreClient {
  const methods = fakeMethods(store);
  const run = <M extends CoreMethod>(
    method: M,
    input: MethodInput<M>,
  ): MethodOutput<M> => methods[method](input);
  return {
    call: (method, input) => Promise.resolve().then(() => run(method, input)),
    state: (name, params) => remote(store, name, params),
    connection: { peek: () => connection, subscribe: () => () => {} },
  };
}
