import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { untilTrue } from "#core/testing/until.ts";
import { createTcpNetwork } from "./tcp.ts";
import type { Line } from "./port.ts";

function create() {
  return createTcpNetwork({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    preferredPort: 0,
    host: "127.0.0.1",
  });
}

test("both dial each other and keep one line", async () => {
  const a = create();
  const b = create();
  const la: Line[] = [];
  const lb: Line[] = [];
  a.onLine((l) => la.push(l));
  b.onLine((l) => lb.push(l));
  const topics = [Buffer.alloc(32)];
  a.want({ topics, addresses: [] });
  b.want({ topics, addresses: [] });
  await untilTrue(
    () => a.addresses.peek().length + b.addresses.peek().length === 2,
  );
  a.want({ topics, addresses: b.addresses.peek() });
  b.want({ topics, addresses: a.addresses.peek() });
  const live = (ls: Line[]) => ls.filter((l) => !l.stream.destroyed);
  await untilTrue(
    () =>
      live(la).length === 1 &&
      live(lb).length === 1 &&
      live(la)[0]?.handshakeHash.equals(
        live(lb)[0]?.handshakeHash ?? Buffer.alloc(1),
      ) === true,
  );
  console.log(la.length, lb.length);
  expect(la.length).toBeGreaterThan(0);
  await Promise.all([a.close(), b.close()]);
  console.log(process.getActiveResourcesInfo());
});
