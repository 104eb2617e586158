import { expect, test } from "vitest";
import { readModel } from "./read-model.ts";

test.each(["KHR_draco_mesh_compression", "EXT_meshopt_compression"])(
  "a model packed with %s is told apart from a damaged one",
  async (name) => {
    const model = { asset: { version: "2.0" }, extensionsRequired: [name] };
    const bytes = new TextEncoder().encode(JSON.stringify(model));
    expect(await readModel(bytes, false)).toEqual({ kind: "packed" });
  },
);
