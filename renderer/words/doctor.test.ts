import { expect, test } from "vitest";
import type { DoctorReport } from "#core/contract/connection-models.ts";
import { ana } from "#renderer/testing/fake-people.ts";
import { doctorLines, doctorText } from "./doctor.ts";

const FINE: DoctorReport = {
  at: 1,
  computer: { finding: "fine" },
  network: { finding: "fine", heard: 0 },
  internet: { finding: "fine", reach: "easy" },
  friends: { finding: "fine", connected: [ana] },
};

test("a chain without a fault is good all along, and can be handed on as text", () => {
  expect(doctorLines(FINE).map(({ verdict }) => verdict)).toEqual([
    "good",
    "good",
    "good",
    "good",
  ]);
  expect(doctorText(FINE).split("\n")).toEqual([
    "✓ This computer: Clock and disk are fine.",
    "✓ Your network: It is there. No other computer with Commonplace was heard on it.",
    "✓ Internet: It is there, and direct lines come about.",
    `✓ Contacts: Connected with ${ana.name}.`,
  ]);
});

const away: DoctorReport["friends"] = { finding: "away", people: [ana] };

test.each<readonly [string, Partial<DoctorReport>, string]>([
  [
    "a clock behind",
    { computer: { finding: "clock-wrong", aheadMs: -10_800_000 } },
    "3 hours behind",
  ],
  [
    "a full disk",
    { computer: { finding: "disk-low", freeBytes: 2e6 } },
    "Only 2 MB of the disk are free",
  ],
  ["no network", { network: { finding: "none" } }, "There is no network"],
  ["a pause", { network: { finding: "paused" } }, "You asked for no network"],
  ["a VPN", { network: { finding: "vpn" } }, "VPN"],
  ["a firewall", { network: { finding: "firewall" } }, "firewall"],
  [
    "a page to sign in at",
    { internet: { finding: "captive" } },
    "sign in first",
  ],
  [
    "blocked UDP",
    { internet: { finding: "udp-blocked" } },
    "lets web pages through and little else",
  ],
  [
    "nobody out there",
    { internet: { finding: "none" } },
    "Nobody out there answers",
  ],
  [
    "this network only",
    { internet: { finding: "off" } },
    "You asked to stay on this network",
  ],
  [
    "a strict network, alone",
    { internet: { finding: "strict", helpers: [] } },
    "only through a contact who helps",
  ],
  [
    "a strict network with a helper",
    { internet: { finding: "strict", helpers: [ana] } },
    `${ana.name} can help`,
  ],
  ["a friend who is away", { friends: away }, `${ana.name} is simply away`],
])("it tells %s", (_, change, words) => {
  expect(doctorText({ ...FINE, ...change })).toContain(words);
});

test.each([
  "192.168.1.7",
  "10.0.0.1:49737",
  "fe80::1%eth0",
  "[2001:db8::7]:443",
])(
  "an address is blanked in what is handed on, even where a person is called by it: %s",
  (address) => {
    const people = [{ ...ana, name: `Ana at ${address} at home` }];
    const text = doctorText({
      ...FINE,
      friends: { finding: "out-of-reach", people },
    });
    expect(text).toContain("Ana at … at home cannot be reached");
    expect(text).not.toMatch(/[0-9]/);
  },
);
