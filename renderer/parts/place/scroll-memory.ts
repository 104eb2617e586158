import { createContext } from "react";
import type { VirtualItem } from "@tanstack/react-virtual";

export interface ScrollPlace {
  readonly offset: number;
  readonly sizes: readonly VirtualItem[];
}

/** Where long lists were left, by name, so that Back leads to the same place. */
export const ScrollMemory = createContext<Map<string, ScrollPlace>>(new Map());
