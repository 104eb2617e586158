import type { LogKey, PersonId, SpaceId } from "#core/contract/ids.ts";
import { spaceIdOf } from "./charter.ts";
import type { Charter } from "./charter.ts";
import { admits } from "./header.ts";
import type { Header } from "./header.ts";

/**
 * How many blocks of a person's log, the header among them, the founder of a
 * collection lets count (SP5): 0 is none, `Infinity` all there will ever be.
 */
export type WriterQuestion = (
  space: SpaceId,
  person: PersonId,
  log: LogKey,
) => number;

/** For spaces whose charter says it all. */
export const noWriters: WriterQuestion = () => 0;

/**
 * How many blocks of a log a space takes in, from its checked header and from
 * what the founder's log says of its person (SP5). A header alone is nothing.
 */
export function admittedBlocks(
  charter: Charter,
  header: Header,
  log: LogKey,
  writers: WriterQuestion,
): number {
  if (admits(charter, header)) return Infinity;
  if (!mayBecomeWriter(charter, header)) return 0;
  const blocks = writers(header.space, header.person, log);
  return blocks > 1 ? blocks : 0;
}

/** Whether the founder could still let this log in, or has already. */
export function mayBecomeWriter(charter: Charter, header: Header): boolean {
  return charter.kind === "collection" && header.space === spaceIdOf(charter);
}
