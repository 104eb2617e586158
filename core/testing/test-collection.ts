import type { PersonId } from "#core/contract/ids.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { Charter } from "#core/spaces/charter.ts";
import type { Space } from "#core/spaces/space.ts";

/** A collection of this founder, for tests that fold entries and need no logs behind them. */
export function testCollection(founder: PersonId): Space {
  const charter: Charter = {
    v: 1,
    kind: "collection",
    policy: "closed",
    founder,
    nonce: "00".repeat(16),
  };
  return {
    id: spaceIdOf(charter),
    kind: "collection",
    charter,
    readKey: Buffer.alloc(32),
    logs: new Map(),
  };
}
