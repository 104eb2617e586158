import type { Source } from "./state.ts";

/** Sets a state of a set to these values, unless it holds just these already. */
export function setIfChanged<T>(
  state: Source<ReadonlySet<T>>,
  values: readonly T[],
): void {
  const before = state.peek();
  const isSame =
    before.size === values.length && values.every((value) => before.has(value));
  if (!isSame) state.set(new Set(values));
}
