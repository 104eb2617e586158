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
import type { State } from "#core/base/state.ts";

/** What the core does for each method: a missing one is a compile error. */
export type Handlers = {
  readonly [M in CoreMethod]: (
    input: MethodInput<M>,
  ) => Promise<MethodOutput<M>>;
};

/** What there is before anybody is here, and while the app is locked. */
export type AlwaysHandlers = Pick<
  Handlers,
  | "start"
  | "startAgain"
  | "unlock"
  | "unlockWithWords"
  | "changeLock"
  | "pick"
  | "listFolders"
  | "makeFolder"
  | "grantFolder"
>;

/**
 * Where each state comes from. Called once for each watch; whoever asked
 * subscribes, and unsubscribing is the sign that the state may be let go.
 */
export type StateSources = {
  readonly [S in CoreStateName]: (
    params: StateParams<S>,
  ) => State<StateValue<S>>;
};
