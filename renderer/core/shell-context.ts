import { createContext, use } from "react";
import type { Shell } from "#renderer/shell/shell.ts";

export const ShellContext = createContext<Shell | null>(null);

/** What surrounds the page. */
export function useShell(): Shell {
  const shell = use(ShellContext);
  if (shell === null) throw new Error("no shell around this component");
  return shell;
}
