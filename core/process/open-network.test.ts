import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { readAddress } from "#core/network/port.ts";
import { openNetwork, stablePort } from "./open-network.ts";

test("addresses are IP addresses with a port, never names", () => {
  expect(readAddress("127.0.0.1:49737")).toEqual({
    host: "127.0.0.1",
    port: 49737,
  });
  expect(readAddress("[fe80::1]:80")).toEqual({ host: "fe80::1", port: 80 });
  for (const text of ["", "127.0.0.1", "127.0.0.1:0", "1.2.3.4:70000", "a:1"])
    expect(readAddress(text)).toBeNull();
});

test("one folder has one port, and it is nobody's", () => {
  expect(stablePort("/a")).toBe(stablePort("/a"));
  expect(stablePort("/a")).not.toBe(stablePort("/b"));
  for (let i = 0; i < 500; i++) {
    expect(stablePort(String(i))).toBeGreaterThanOrEqual(49_152);
    expect(stablePort(String(i))).toBeLessThanOrEqual(65_535);
  }
});

test("ME8: a network that nobody wants anything of has no address", () => {
  const network = openNetwork(
    { dataFolder: "/d", bootstrap: null, loopback: true },
    { clock: systemClock, random: systemRandom, logger: silentLogger },
  );
  onTestFinished(() => network.close());
  expect(network.addresses.peek()).toEqual([]);
});
