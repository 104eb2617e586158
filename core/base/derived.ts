import type { Signal, State } from "./state.ts";

/**
 * A state computed from others when somebody looks, and again only after one
 * of them changed. `compute` may be dear: it runs at most once between changes.
 */
export function derived<T>(source: Signal, compute: () => T): State<T> {
  let cached: { readonly value: T } | null = null;
  let watchers = 0;
  return {
    peek() {
      // Unwatched, there is no telling whether the cached value still holds.
      if (watchers === 0) return compute();
      cached ??= { value: compute() };
      return cached.value;
    },
    subscribe(listener) {
      watchers++;
      const end = source.subscribe(() => {
        cached = null;
        listener();
      });
      return () => {
        watchers--;
        if (watchers === 0) cached = null;
        end();
      };
    },
  };
}
