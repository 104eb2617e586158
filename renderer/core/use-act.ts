import { useCallback, useRef, useState } from "react";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type {
  CoreMethod,
  MethodInput,
  MethodOutput,
} from "#core/contract/methods.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { useShell } from "./shell-context.ts";

export interface Ends<Output> {
  readonly done?: (output: Output) => void;
  /** Without this, the failure is said in a toast. */
  readonly failed?: (error: CoreError) => void;
}

/** Any thrown value as an expected failure. */
export function asCoreError(error: unknown): CoreError {
  return isCoreError(error)
    ? error
    : new CoreError("internal", { report: "in the window" }, error);
}

type Act = <M extends CoreMethod>(
  method: M,
  input: MethodInput<M>,
  ends?: Ends<MethodOutput<M>>,
) => void;

/** Asks the core for something; every end is handled, none is lost. */
export function useAct(): Act {
  const { client } = useShell();
  const toast = useToast();
  return useCallback<Act>(
    (method, input, ends) => {
      client.call(method, input).then(
        (output) => ends?.done?.(output),
        (thrown: unknown) => {
          const error = asCoreError(thrown);
          if (error.code === "cancelled") return;
          if (ends?.failed !== undefined) {
            ends.failed(error);
            return;
          }
          const words = errorWords(error.code, error.details);
          toast({ words: errorLine(words), tone: "danger" });
        },
      );
    },
    [client, toast],
  );
}

export interface Task<M extends CoreMethod> {
  readonly run: (
    input: MethodInput<M>,
    done?: (output: MethodOutput<M>) => void,
  ) => void;
  readonly pending: boolean;
  readonly error: CoreError | null;
  readonly clear: () => void;
}

/** One call with its state, for a form that shows its own trouble. */
export function useTask<M extends CoreMethod>(method: M): Task<M> {
  const act = useAct();
  const [state, setState] = useState<{
    readonly pending: boolean;
    readonly error: CoreError | null;
  }>({ pending: false, error: null });
  const isRunning = useRef(false);
  const run = useCallback<Task<M>["run"]>(
    (input, done) => {
      // Pressed twice is asked once.
      if (isRunning.current) return;
      isRunning.current = true;
      setState({ pending: true, error: null });
      act(method, input, {
        done: (output) => {
          isRunning.current = false;
          setState({ pending: false, error: null });
          done?.(output);
        },
        failed: (error) => {
          isRunning.current = false;
          setState({ pending: false, error });
        },
      });
    },
    [act, method],
  );
  const clear = useCallback(() => {
    setState((before) =>
      before.error === null ? before : { ...before, error: null },
    );
  }, []);
  return { run, pending: state.pending, error: state.error, clear };
}
