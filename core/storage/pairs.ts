import { array, parse, string, tuple } from "valibot";

const schema = array(tuple([string(), string()]));

/** Rows of `Database.packed` that are two texts each, as a map. */
export function readPairs(rows: unknown): ReadonlyMap<string, string> {
  return new Map(parse(schema, rows));
}
