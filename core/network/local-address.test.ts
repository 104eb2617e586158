import { expect, test } from "vitest";
import {
  addressKey,
  canDial,
  isLinkLocalV6,
  isLocalHost,
  plainHost,
} from "./local-address.ts";

const LOCAL = [
  "127.0.0.1",
  "127.8.9.10",
  "10.0.0.1",
  "10.255.255.254",
  "172.16.0.1",
  "172.31.255.1",
  "192.168.1.7",
  "169.254.3.4",
  "::1",
  "fc00::1",
  "fd12:3456:789a::1",
  "fe80::1",
  "fe80::1%eth0",
  "::ffff:192.168.1.7",
  "::FFFF:10.0.0.1",
];

const ELSEWHERE = [
  "8.8.8.8",
  "1.1.1.1",
  "172.15.0.1",
  "172.32.0.1",
  "192.167.1.1",
  "11.0.0.1",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.251",
  "::",
  "2001:db8::1",
  "ff02::fb",
  "::ffff:8.8.8.8",
  "localhost",
  "router.local",
  "127.1",
  "0x7f000001",
  "2130706433",
  " 10.0.0.1",
  "10.0.0.1:80",
  "",
];

test.each(LOCAL)("ME6: %s is on this computer or its network", (host) => {
  expect(isLocalHost(host)).toBe(true);
});

test.each(ELSEWHERE)("ME6: '%s' is not", (host) => {
  expect(isLocalHost(host)).toBe(false);
  expect(canDial({ host, port: 4000 })).toBe(false);
});

test.each([0, -1, 65_536, 1.5, Number.NaN])(
  "port %d is never dialled",
  (port) => {
    expect(canDial({ host: "127.0.0.1", port })).toBe(false);
  },
);

test("a mapped or zoned address is the plain one", () => {
  expect(plainHost("::ffff:10.0.0.1")).toBe("10.0.0.1");
  expect(plainHost("fe80::1%eth0")).toBe("fe80::1");
  expect(plainHost("fd00::1")).toBe("fd00::1");
});

test("only fe80::/10 needs an interface", () => {
  expect(
    ["fe80::1", "febf::1", "fec0::1", "fd00::1", "10.0.0.1"].map(isLinkLocalV6),
  ).toEqual([true, true, false, false, false]);
});

test("addresses that differ have different keys", () => {
  const keys = [
    { host: "10.0.0.1", port: 11 },
    { host: "10.0.0.11", port: 1 },
    { host: "10.0.0.1", port: 1 },
  ].map(addressKey);
  expect(new Set(keys).size).toBe(3);
});
