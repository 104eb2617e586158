import { expect, test } from "vitest";
import { untilTrue } from "#core/testing/until.ts";
import { acceptNetwork } from "./acceptance.ts";
import { combineNetworks } from "./combined.ts";
import { createMemoryHub } from "./memory.ts";
import type { Line } from "./port.ts";

const [first, second] = [createMemoryHub(), createMemoryHub()];
let count = 0;

acceptNetwork({
  name: "combined",
  create() {
    count += 1;
    // The second never meets: each device is alone on a hub of its own.
    return combineNetworks([
      first.network(`device ${String(count)}`),
      createMemoryHub().network("alone"),
    ]);
  },
  meetsByTopic: true,
  meetsByAddress: true,
  manyTopics: 100,
  holdsBack: true,
  patienceMs: 2_000,
});

test("lines of each network reach the one listener", async () => {
  const near = combineNetworks([first.network("near"), second.network("near")]);
  const far = combineNetworks([first.network("far"), second.network("far")]);
  const lines: Line[] = [];
  near.onLine((line) => lines.push(line));
  far.onLine(() => undefined);
  const wanted = { topics: [Buffer.alloc(32, 9)], addresses: [] };
  near.want(wanted);
  far.want(wanted);
  await untilTrue(() => lines.length === 2);
  expect(near.addresses.peek().length).toBe(2);
  await Promise.all([near.close(), far.close()]);
  expect(near.addresses.peek()).toEqual([]);
});

test("one network is enough to be online", async () => {
  const hub = createMemoryHub();
  const both = combineNetworks([hub.network("a"), hub.network("b")]);
  const seen: boolean[] = [];
  both.online.subscribe(() => seen.push(both.online.peek()));
  hub.unplug("a");
  expect(both.online.peek()).toBe(true);
  hub.unplug("b");
  hub.plug("a");
  expect(seen).toEqual([false, true]);
  await both.close();
});
