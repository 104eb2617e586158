import { expect, test } from "vitest";
import type { ConnectedPerson, PersonLabel } from "#core/contract/models.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { diagnose, type DoctorFacts } from "./diagnose.ts";

const ana: PersonLabel = {
  person: testPerson("ana"),
  name: "Ana",
  picture: null,
  isMe: false,
};
const connected: ConnectedPerson = { ...ana, way: "direct", helper: null };

type Change = Omit<Partial<DoctorFacts>, "network" | "inspection"> & {
  readonly network?: Partial<DoctorFacts["network"]>;
  readonly internet?: Partial<
    NonNullable<DoctorFacts["inspection"]["internet"]>
  > | null;
  readonly local?: Partial<NonNullable<DoctorFacts["inspection"]["local"]>>;
};

function report({ network, internet, local, ...change }: Change = {}) {
  return diagnose({
    now: 1,
    network: {
      reach: "everywhere",
      stage: "searching",
      connected: [],
      leftOut: [],
      nearby: 0,
      helpers: [],
      addresses: [],
      ...network,
    },
    isOnline: true,
    contacts: [ana],
    skews: [],
    freeBytes: 1e12,
    nearLines: 0,
    inspection: {
      internet:
        internet === null
          ? null
          : {
              answers: true,
              isCaptive: false,
              hasOtherWay: false,
              reach: "easy",
              ...internet,
            },
      local: { interfaces: 1, heard: 0, answering: 0, isVpn: false, ...local },
    },
    ...change,
  });
}

const silent = { answers: false, reach: "unknown" } as const;

test.each<readonly [string, Change, object]>([
  [
    "a friend who is simply away",
    {},
    { friends: { finding: "away", people: [ana] } },
  ],
  [
    "somebody connected",
    { network: { connected: [connected] } },
    { friends: { finding: "fine", connected: [connected] } },
  ],
  [
    "nobody met yet",
    { contacts: [], network: { stage: "quiet" } },
    { internet: { finding: "not-yet" }, friends: { finding: "nobody-yet" } },
  ],
  [
    "no network",
    { isOnline: false },
    {
      network: { finding: "none" },
      internet: { finding: "none" },
      friends: { finding: "out-of-reach" },
    },
  ],
  [
    "the network switched off",
    { network: { reach: "nobody", stage: "paused" } },
    { network: { finding: "paused" }, internet: { finding: "off" } },
  ],
  [
    "this network only",
    { network: { reach: "this-network" } },
    { internet: { finding: "off" }, friends: { finding: "out-of-reach" } },
  ],
  [
    "a page to sign in at",
    { internet: { ...silent, isCaptive: true, hasOtherWay: true } },
    { internet: { finding: "captive" } },
  ],
  [
    "UDP blocked",
    { internet: { ...silent, hasOtherWay: true } },
    { internet: { finding: "udp-blocked" } },
  ],
  [
    "no internet behind the network",
    { internet: silent },
    { internet: { finding: "none" } },
  ],
  [
    "a private network in the way",
    { internet: silent, local: { isVpn: true } },
    { network: { finding: "vpn" } },
  ],
  [
    "a strict network, and nobody who helps",
    { internet: { reach: "strict" } },
    {
      internet: { finding: "strict", helpers: [] },
      friends: { finding: "out-of-reach" },
    },
  ],
  ["a firewall", { local: { heard: 2 } }, { network: { finding: "firewall" } }],
  [
    "a neighbour who is a stranger",
    { local: { heard: 2, answering: 1 } },
    { network: { finding: "fine", heard: 2 } },
  ],
  [
    "a neighbour that answers",
    { local: { heard: 2 }, nearLines: 1 },
    { network: { finding: "fine", heard: 2 } },
  ],
  [
    "a clock three hours ahead",
    { skews: [-10_800_000, -10_800_500, 40] },
    { computer: { finding: "clock-wrong", aheadMs: 10_800_000 } },
  ],
  [
    "one friend with a wrong clock among three",
    { skews: [0, 20, 10_800_000] },
    { computer: { finding: "fine" } },
  ],
  [
    "a disk nearly full",
    { freeBytes: 1e6 },
    { computer: { finding: "disk-low", freeBytes: 1e6 } },
  ],
])("it tells %s", (_, change, found) => {
  expect(report(change)).toMatchObject(found);
});
