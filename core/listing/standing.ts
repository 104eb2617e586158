import type { EntryRef } from "#core/contract/ids.ts";

/** What decides which entries about one path stand. */
export interface Replacing {
  readonly ref: EntryRef;
  readonly replaces: readonly EntryRef[];
  /** Versions that stand as long as this one does. */
  readonly beside: readonly EntryRef[];
}

/**
 * The entries about one path that stand (EN5), in the order given:
 * - of one log only the last: its author had seen all before it;
 * - of those, the ones that no other entry replaces. Entries that replace each
 *   other in a ring do not, whoever wrote them: no honest device can have seen
 *   what was written after it, and so both stand;
 * - and whatever one that stands names as standing beside it.
 */
export function standing<T extends Replacing>(
  entries: readonly T[],
): readonly T[] {
  if (entries.length < 2) return entries;
  const known = new Map(entries.map((it) => [it.ref, it]));
  const before = ownBefore(entries);
  const edges = new Map<EntryRef, readonly EntryRef[]>();
  for (const { ref, replaces } of entries) {
    const own = before.get(ref);
    const named = replaces.filter((old) => old !== ref && known.has(old));
    edges.set(ref, own === undefined ? named : [...named, own]);
  }
  const ring = ringsOf(edges);
  const replaced = new Set<EntryRef>(before.values());
  for (const { ref, replaces } of entries)
    for (const old of replaces) {
      const isRing = ring.has(ref) && ring.get(ref) === ring.get(old);
      if (old !== ref && !isRing) replaced.add(old);
    }
  const heads = new Set<EntryRef>();
  for (const { ref, beside } of entries)
    if (!replaced.has(ref)) for (const it of [ref, ...beside]) heads.add(it);
  return entries.filter(({ ref }) => heads.has(ref));
}

/** For each entry, the one before it in the same log. */
function ownBefore(
  entries: readonly Replacing[],
): ReadonlyMap<EntryRef, EntryRef> {
  const logs = new Map<string, { ref: EntryRef; at: number }[]>();
  for (const { ref } of entries) {
    const [log = "", block, position] = ref.split(".");
    const list = logs.get(log) ?? [];
    logs.set(log, list);
    // More positions than a block of 64 KiB has entries.
    list.push({ ref, at: Number(block) * 2 ** 17 + Number(position) });
  }
  const before = new Map<EntryRef, EntryRef>();
  for (const list of logs.values()) {
    list.sort((a, b) => a.at - b.at);
    for (const [index, { ref }] of list.entries()) {
      const next = list[index + 1];
      if (next !== undefined) before.set(next.ref, ref);
    }
  }
  return before;
}

/**
 * Numbers the rings: two entries have the same number when each is reached from
 * the other (Tarjan's strongly connected components, without recursion, for
 * rings are as long as a liar likes). Entries in no ring have none.
 */
function ringsOf(
  edges: ReadonlyMap<EntryRef, readonly EntryRef[]>,
): ReadonlyMap<EntryRef, number> {
  const found = new Map<EntryRef, number>();
  const low = new Map<EntryRef, number>();
  const open = new Set<EntryRef>();
  const stack: EntryRef[] = [];
  const rings = new Map<EntryRef, number>();
  let count = 0;

  function enter(ref: EntryRef) {
    found.set(ref, count);
    low.set(ref, count);
    count++;
    stack.push(ref);
    open.add(ref);
    return { ref, next: (edges.get(ref) ?? []).values() };
  }

  function lower(ref: EntryRef, to: number): void {
    low.set(ref, Math.min(low.get(ref) ?? to, to));
  }

  /** Takes a whole component off the stack. */
  function leave(root: EntryRef): void {
    const number = found.get(root) ?? 0;
    const isAlone = stack.at(-1) === root;
    for (;;) {
      const ref = stack.pop();
      if (ref === undefined) return;
      open.delete(ref);
      if (!isAlone) rings.set(ref, number);
      if (ref === root) return;
    }
  }

  for (const start of edges.keys()) {
    if (found.has(start)) continue;
    const path = [enter(start)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const step = at.next.next();
      if (step.done !== true) {
        const seen = found.get(step.value);
        if (seen === undefined) path.push(enter(step.value));
        else if (open.has(step.value)) lower(at.ref, seen);
        continue;
      }
      path.pop();
      const lowest = low.get(at.ref) ?? 0;
      if (lowest === found.get(at.ref)) leave(at.ref);
      const above = path.at(-1);
      if (above !== undefined) lower(above.ref, lowest);
    }
  }
  return rings;
}
