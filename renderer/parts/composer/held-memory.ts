import { createContext } from "react";
import type { Chip } from "./chip.ts";

/** What was attached to posts that can still be taken back, so that Undo brings it back too. */
export const HeldMemory = createContext<Map<string, readonly Chip[]>>(
  new Map(),
);
