import type { DoctorReport } from "#core/contract/connection-models.ts";
import type { NetworkState, PersonLabel, Time } from "#core/contract/models.ts";
import type { Inspection } from "#core/network/port.ts";

/** Everything that was looked at. */
export interface DoctorFacts {
  readonly now: Time;
  readonly network: NetworkState;
  readonly isOnline: boolean;
  readonly contacts: readonly PersonLabel[];
  /** Milliseconds that the clocks of others are ahead of ours, one for each that said. */
  readonly skews: readonly number[];
  readonly freeBytes: number;
  /** Lines over the own network that stand. */
  readonly nearLines: number;
  readonly inspection: Inspection;
}

/** A clock further off than this confuses people; less is no trouble (EN3). */
const CLOCK_MS = 2 * 60 * 1000;
/** With less free the app soon cannot write. */
const FREE_BYTES = 500 * 1024 * 1024;

/** Says for each link of the chain what is wrong with it, if anything. Pure. */
export function diagnose(facts: DoctorFacts): DoctorReport {
  const internet = internetOf(facts);
  return {
    at: facts.now,
    computer: computerOf(facts),
    network: networkOf(facts),
    internet,
    friends: friendsOf(facts, internet),
  };
}

function computerOf({
  skews,
  freeBytes,
}: DoctorFacts): DoctorReport["computer"] {
  const skew = median(skews);
  if (Math.abs(skew) > CLOCK_MS)
    return { finding: "clock-wrong", aheadMs: -skew };
  if (freeBytes < FREE_BYTES) return { finding: "disk-low", freeBytes };
  return { finding: "fine" };
}

function networkOf(facts: DoctorFacts): DoctorReport["network"] {
  const { network, isOnline, inspection, nearLines } = facts;
  const { local, internet } = inspection;
  if (network.reach === "nobody") return { finding: "paused" };
  if (!isOnline) return { finding: "none" };
  const { heard = 0, answering = 0 } = local ?? {};
  // A stranger's device answers and wants nothing of us: no firewall.
  if (heard > 0 && answering === 0 && nearLines === 0)
    return { finding: "firewall" };
  if (local?.isVpn === true && internet !== null && !internet.answers)
    return { finding: "vpn" };
  return { finding: "fine", heard };
}

function internetOf(facts: DoctorFacts): DoctorReport["internet"] {
  const { network, isOnline, inspection } = facts;
  if (network.reach !== "everywhere") return { finding: "off" };
  if (network.stage === "quiet") return { finding: "not-yet" };
  const { internet } = inspection;
  if (!isOnline || internet === null) return { finding: "none" };
  if (!internet.answers) {
    if (internet.isCaptive) return { finding: "captive" };
    return { finding: internet.hasOtherWay ? "udp-blocked" : "none" };
  }
  return internet.reach === "strict"
    ? { finding: "strict", helpers: network.helpers }
    : { finding: "fine", reach: internet.reach };
}

function friendsOf(
  { network, contacts }: DoctorFacts,
  internet: DoctorReport["internet"],
): DoctorReport["friends"] {
  if (contacts.length === 0) return { finding: "nobody-yet" };
  if (network.connected.length > 0)
    return { finding: "fine", connected: network.connected };
  // Alone on a strict network nobody can say that nothing is in the way.
  const isOpen =
    internet.finding === "fine" ||
    (internet.finding === "strict" && internet.helpers.length > 0);
  return { finding: isOpen ? "away" : "out-of-reach", people: contacts };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
