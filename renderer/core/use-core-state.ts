import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import type {
  CoreStateName,
  StateParams,
  StateValue,
} from "#core/contract/states.ts";
import { useShell } from "./shell-context.ts";

/** Watches a state of the core while the component stands; undefined until its first value came. */
export function useCoreState<S extends CoreStateName>(
  name: S,
  params: StateParams<S>,
): StateValue<S> | undefined {
  const { client } = useShell();
  const key = JSON.stringify(params);
  const remote = useMemo(
    () => client.state(name, params),
    // oxlint-disable-next-line react/exhaustive-deps -- equal parameters are equal text
    [client, name, key],
  );
  return useSyncExternalStore(
    useCallback((listener: () => void) => remote.subscribe(listener), [remote]),
    useCallback(() => remote.peek(), [remote]),
  );
}

/**
 * The same, but keeps showing the last value while a window with other
 * parameters is on its way, so that a scrolled list never blinks.
 */
export function useKeptState<S extends CoreStateName>(
  name: S,
  params: StateParams<S>,
  /** A change of this starts anew. */
  scope: string,
): StateValue<S> | undefined {
  const value = useCoreState(name, params);
  const [kept, setKept] = useState<{
    readonly scope: string;
    readonly value: StateValue<S> | undefined;
  }>({ scope, value });
  if (value !== undefined && (kept.value !== value || kept.scope !== scope)) {
    setKept({ scope, value });
  }
  return value ?? (kept.scope === scope ? kept.value : undefined);
}

/** Whether the line to the core is up. */
export function useConnection(): "up" | "down" {
  const { connection } = useShell().client;
  return useSyncExternalStore(
    useCallback(
      (listener: () => void) => connection.subscribe(listener),
      [connection],
    ),
    useCallback(() => connection.peek(), [connection]),
  );
}
