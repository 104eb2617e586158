import * as v from "valibot";

const nodesSchema = v.array(v.object({ host: v.string(), port: v.number() }));

/** Where a private DHT is entered. */
export type Nodes = readonly Readonly<
  v.InferOutput<typeof nodesSchema>[number]
>[];

/** From the arguments of a process, in which they are JSON. */
export function readNodes(text: string): Nodes {
  return v.parse(nodesSchema, JSON.parse(text));
}
