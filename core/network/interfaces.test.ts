import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { watchInterfaces, type InterfaceAddress } from "./interfaces.ts";

const loopback = { interface: "lo", host: "127.0.0.1", isLoopback: true };
const wifi = { interface: "wlan0", host: "192.168.1.7", isLoopback: false };
const linkLocal = { interface: "wlan0", host: "fe80::7", isLoopback: false };
const open = { interface: "ppp0", host: "203.0.113.7", isLoopback: false };

test("hosts are the local ones, the most useful first", async () => {
  const interfaces = watchInterfaces({
    clock: createManualClock(),
    read: () => [loopback, linkLocal, open, wifi],
  });
  expect(interfaces.hosts.peek()).toEqual([
    "192.168.1.7",
    "fe80::7",
    "127.0.0.1",
  ]);
  expect(interfaces.zones()).toEqual(["wlan0"]);
  await interfaces.close();
});

test("a cable pulled and put back is noticed within five seconds", async () => {
  const clock = createManualClock();
  let found: InterfaceAddress[] = [loopback, wifi];
  const interfaces = watchInterfaces({ clock, read: () => found });
  let changes = 0;
  interfaces.hosts.subscribe(() => {
    changes += 1;
  });
  expect(interfaces.online.peek()).toBe(true);
  found = [loopback];
  clock.advance(5_000);
  expect([interfaces.online.peek(), interfaces.hosts.peek()]).toEqual([
    false,
    ["127.0.0.1"],
  ]);
  clock.advance(60_000);
  expect(changes).toBe(1);
  found = [loopback, wifi];
  clock.advance(5_000);
  expect(interfaces.online.peek()).toBe(true);
  expect(changes).toBe(2);
  await interfaces.close();
});

test("a host given alone is all there is, and counts as online", async () => {
  const interfaces = watchInterfaces({
    clock: createManualClock(),
    host: "127.0.0.1",
    read: () => [wifi],
  });
  expect(interfaces.hosts.peek()).toEqual(["127.0.0.1"]);
  expect(interfaces.online.peek()).toBe(true);
  await interfaces.close();
});

test("after close nothing waits", async () => {
  const clock = createManualClock();
  const interfaces = watchInterfaces({ clock });
  expect(interfaces.hosts.peek()).toContain("127.0.0.1");
  expect(clock.due.length).toBe(1);
  await interfaces.close();
  expect(clock.due).toEqual([]);
});
