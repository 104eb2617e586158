import type { AxeResults, RunOptions } from "axe-core";

declare global {
  interface Window {
    /** Put there by `axe.ts`. */
    readonly axe: {
      run(context: Document, options: RunOptions): Promise<AxeResults>;
    };
  }
}
