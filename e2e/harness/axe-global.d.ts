import type { AxeResults, ElementContext, RunOptions } from "axe-core";

declare global {
  interface Window {
    /** Put there by `axe.ts`. */
    readonly axe: {
      run(context: ElementContext, options: RunOptions): Promise<AxeResults>;
    };
  }
}
