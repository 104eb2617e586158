import type { ReactNode } from "react";
import { createContext, use, useEffect, useRef, useState } from "react";
import { commandList, type CommandId } from "./command-list.ts";
import { isChord, isInsideOverlay, isWriting } from "./keys.ts";

type Handler = (event: KeyboardEvent) => boolean | void;

interface Registry {
  readonly add: (id: CommandId, handler: Handler) => () => void;
}

const RegistryContext = createContext<Registry | null>(null);

function isPlain(keys: string): boolean {
  return (
    !keys.includes("Mod+") &&
    !keys.includes("Alt+") &&
    !/^F\d/u.test(keys) &&
    keys !== "Shift+F6"
  );
}

const ids: readonly CommandId[] = Object.keys(commandList).filter(
  (id): id is CommandId => id in commandList,
);

/** Listens for the keys of commands. The handler that came last is asked first; answering false passes on. */
export function Commands(props: { readonly children: ReactNode }) {
  const [{ registry, press }] = useState(() => {
    const handlers = new Map<CommandId, Handler[]>();
    const add: Registry["add"] = (id, handler) => {
      handlers.set(id, [...(handlers.get(id) ?? []), handler]);
      return () => {
        handlers.set(
          id,
          (handlers.get(id) ?? []).filter((one) => one !== handler),
        );
      };
    };
    const onPress = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const writing = isWriting(event.target) || isInsideOverlay(event.target);
      for (const id of ids) {
        const waiting = handlers.get(id) ?? [];
        if (waiting.length === 0) continue;
        const hit = commandList[id].keys.some(
          (keys) => isChord(event, keys) && !(writing && isPlain(keys)),
        );
        if (
          hit &&
          waiting.toReversed().some((handler) => handler(event) !== false)
        ) {
          event.preventDefault();
          return;
        }
      }
    };
    return { registry: { add }, press: onPress };
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [press]);
  return <RegistryContext value={registry}>{props.children}</RegistryContext>;
}

/** Does something when a command is called, while the component stands. */
export function useCommand(id: CommandId, handler: Handler): void {
  const registry = use(RegistryContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () => registry?.add(id, (event) => latest.current(event)),
    [registry, id],
  );
}
