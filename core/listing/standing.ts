import { entryRef } from "#core/contract/ids.ts";
import type { EntryRef, LogKey } from "#core/contract/ids.ts";

/** What decides which entries about one path stand. */
export interface Replacing {
  readonly ref: EntryRef;
  readonly replaces: readonly EntryRef[];
  /** Versions that stand as long as this one does, unless somebody went on with them. */
  readonly beside: readonly EntryRef[];
}

type Edges = ReadonlyMap<EntryRef, readonly EntryRef[]>;

/**
 * The entries about one path that stand (EN5), in the order given:
 * - of one log only the last: its author had seen all before it;
 * - of those, the ones that no other entry replaces. Entries that replace each
 *   other in a ring do not, whoever wrote them: no honest device can have seen
 *   what was written after it, and so both stand;
 * - and whatever one of these names as standing beside it, unless an entry
 *   replaces that which the one that names it did not know of.
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
  /** By which others each entry is replaced, in so many words. */
  const replacing = new Map<EntryRef, EntryRef[]>();
  for (const { ref, replaces } of entries)
    for (const old of replaces) {
      const isRing = ring.has(ref) && ring.get(ref) === ring.get(old);
      if (old === ref || isRing) continue;
      const by = replacing.get(old);
      if (by === undefined) replacing.set(old, [ref]);
      else by.push(ref);
    }
  const overtaken = new Set(before.values());
  const heads = new Set<EntryRef>();
  for (const one of entries) {
    const { ref } = one;
    if (overtaken.has(ref) || replacing.has(ref)) continue;
    heads.add(ref);
    if (one.beside.length === 0) continue;
    const past = pastOf(one, edges, known);
    for (const old of one.beside)
      if (replacing.get(old)?.every((by) => past.has(by)) ?? true)
        heads.add(old);
  }
  return entries.filter(({ ref }) => heads.has(ref));
}

/**
 * What an entry that is written now in a log, and replaces these, has to name
 * `beside` it: versions that stand and would not because of it. Only who settles
 * them says that they do not (EN5).
 */
export function besideOf(
  entries: readonly Replacing[],
  log: LogKey,
  replaces: readonly EntryRef[],
): readonly EntryRef[] {
  const heads = standing(entries);
  if (heads.every(({ ref }) => replaces.includes(ref))) return [];
  const next = { ref: entryRef(log, LAST_BLOCK, 0), replaces, beside: [] };
  const after = new Set(standing([...entries, next]).map(({ ref }) => ref));
  return heads
    .map(({ ref }) => ref)
    .filter((ref) => !after.has(ref) && !replaces.includes(ref));
}

/** Behind every block there is. */
const LAST_BLOCK = 2 ** 32;

/** An entry, and all that its author knew of when writing it. */
function pastOf(
  one: Replacing,
  edges: Edges,
  known: ReadonlyMap<EntryRef, Replacing>,
): ReadonlySet<EntryRef> {
  const past = new Set([one.ref]);
  // A set that grows is gone through to its end.
  for (const ref of past) {
    const beside = known.get(ref)?.beside ?? [];
    for (const old of [...(edges.get(ref) ?? []), ...beside])
      if (known.has(old)) past.add(old);
  }
  return past;
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
function ringsOf(edges: Edges): ReadonlyMap<EntryRef, number> {
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
