import { execFile, fork, spawn, type ChildProcess } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A computer of the lab: a network namespace with one cable into the switch. */
export interface LabHost {
  readonly name: string;
  /** Its address on the lab's network. */
  readonly address: string;
  /** Runs a program there and answers what it printed. */
  exec(...command: readonly string[]): Promise<string>;
  /** Adds rules to its firewall, or takes some away, one after the other. */
  nft(...rules: readonly string[]): Promise<void>;
  /** Starts a Node program there, with a channel for messages. */
  fork(program: string, args: readonly string[]): ChildProcess;
  /** Pulls the cable, or puts it back. */
  setCable(isIn: boolean): Promise<void>;
}

/**
 * How a router hands out ports: one for each socket behind it, as most homes have
 * it, or another for each far end, as strict networks do.
 */
export type Nat = "easy" | "strict";

/** A router with a network of its own behind it, which lets in only what was asked for. */
export interface LabRouter {
  /** Adds a computer behind it. */
  host(): Promise<LabHost>;
  /** Adds a router behind it: what is behind that one is translated twice. */
  router(nat: Nat): Promise<LabRouter>;
  /** The router as a computer, with its address outside. */
  readonly box: LabHost;
  /** Switches it off. It knows nothing any more of what went through it. */
  stop(): Promise<void>;
  /** Switches it on again, with another address outside if one is named. */
  start(address?: string): Promise<void>;
}

/** A bad road: half of it each way; see `impair.py`. */
export interface Road {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** Bytes a second; null for no limit. */
  readonly rate: number | null;
  readonly seed: string;
}

/** Computers on one network, with nothing else around them. */
export interface NetworkLab {
  /** Adds a computer behind a router of its own. */
  behindNat(nat: Nat): Promise<LabHost>;
  /** Adds a computer; `gateway` is the address its packets for elsewhere go to. */
  host(gateway?: LabHost): Promise<LabHost>;
  /** Adds a computer whose cable is a bad road; needs Python. `script` is where `impair.py` lies, when not beside this file. */
  farHost(road: Road, script?: string): Promise<LabHost>;
  /** Adds a router. */
  router(nat: Nat): Promise<LabRouter>;
  close(): Promise<void>;
}

/** Where cables are plugged in. */
interface Switch {
  readonly namespace: string;
  /** The first three numbers of the addresses on it. */
  readonly prefix: string;
  /** The way elsewhere; null where there is none. */
  readonly gateway: string | null;
  /** The last address given away. */
  last: number;
}

const IMPAIR = fileURLToPath(new URL("impair.py", import.meta.url));
let labs = 0;

/** Why there can be no lab on this computer; null when there can. */
export async function whyNoLab(): Promise<string | null> {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const found = await Promise.all(
    ["/usr/sbin/ip", "/usr/sbin/nft"].map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(false) ? "needs iproute2 and nftables" : null;
}

/**
 * Builds a switch in a namespace of its own, so that nothing of this computer's
 * own network is touched, or reached: there is no way out of the lab. Computers
 * on one switch see each other by IPv6, which an internet in small is not to have.
 */
export async function openNetworkLab(
  prefix = "10.77.0",
  hasIpv6 = true,
): Promise<NetworkLab> {
  const id = `cp${String(process.pid)}x${String(labs++)}`;
  const names: string[] = [];

  async function ip(...args: readonly string[]): Promise<void> {
    await run("ip", args);
  }

  async function namespace(name: string): Promise<string> {
    const full = `${id}${name}`;
    await ip("netns", "add", full);
    names.push(full);
    if (!hasIpv6)
      await run("ip", [
        ...["netns", "exec", full, "sysctl", "-qw"],
        "net.ipv6.conf.all.disable_ipv6=1",
        "net.ipv6.conf.default.disable_ipv6=1",
      ]);
    await ip("-n", full, "link", "set", "lo", "up");
    return full;
  }

  const roads: ChildProcess[] = [];
  let hosts = 0;

  async function openSwitch(
    name: string,
    prefix: string,
    gateway: string | null,
  ): Promise<Switch> {
    await ip("-n", name, "link", "add", "br0", "type", "bridge");
    await ip("-n", name, "link", "set", "br0", "up");
    const last = gateway === null ? 0 : 1;
    return { namespace: name, prefix, gateway, last };
  }

  /** A computer with one end of a new cable in a switch. */
  async function plug(into: Switch): Promise<LabHost> {
    hosts += 1;
    into.last += 1;
    const far = `p${String(hosts)}`;
    const name = await namespace(`h${String(hosts)}`);
    const address = `${into.prefix}.${String(into.last)}`;
    const cable = ["link", "add", "eth0", "netns", name, "type", "veth"];
    await ip(...cable, "peer", "name", far, "netns", into.namespace);
    await ip("-n", into.namespace, "link", "set", far, "master", "br0", "up");
    await ip("-n", name, "addr", "add", `${address}/24`, "dev", "eth0");
    await ip("-n", name, "link", "set", "eth0", "up");
    if (into.gateway !== null)
      await ip("-n", name, "route", "add", "default", "via", into.gateway);
    return {
      ...hostIn(name, address),
      setCable: (isIn) =>
        ip("-n", into.namespace, "link", "set", far, isIn ? "up" : "down"),
    };
  }

  async function openRouter(outside: Switch, nat: Nat): Promise<LabRouter> {
    const box = await plug(outside);
    const prefix = `192.168.${String(hosts)}`;
    const gateway = `${prefix}.1`;
    const inside = await openSwitch(box.name, prefix, gateway);
    await ip("-n", box.name, "addr", "add", `${gateway}/24`, "dev", "br0");
    await box.exec("sysctl", "-qw", "net.ipv4.ip_forward=1");
    const ports =
      nat === "strict" ? "masquerade random,fully-random" : "masquerade";
    const onlyAnswers = 'iifname "eth0" ct state new drop';
    await box.nft(
      "add table inet box",
      "add chain inet box out { type nat hook postrouting priority 100; }",
      `add rule inet box out oifname "eth0" ${ports}`,
      "add chain inet box in { type filter hook input priority 0; }",
      `add rule inet box in ${onlyAnswers}`,
      "add chain inet box through { type filter hook forward priority 0; }",
      `add rule inet box through ${onlyAnswers}`,
    );
    let address = box.address;
    return {
      box,
      host: () => plug(inside),
      router: (inner) => openRouter(inside, inner),
      // With its address the system forgets what it translated to it.
      stop: () =>
        ip("-n", box.name, "addr", "del", `${address}/24`, "dev", "eth0"),
      async start(next = address) {
        address = next;
        await ip("-n", box.name, "addr", "add", `${next}/24`, "dev", "eth0");
        if (outside.gateway === null) return;
        const { gateway: way } = outside;
        await ip("-n", box.name, "route", "replace", "default", "via", way);
      },
    };
  }

  const street = await openSwitch(await namespace("s"), prefix, null);

  return {
    async host(gateway) {
      const host = await plug(street);
      if (gateway !== undefined)
        await host.exec(
          ...`ip route add default via ${gateway.address}`.split(" "),
        );
      return host;
    },
    async farHost(road, script = IMPAIR) {
      const { delayMs, jitterMs, lossPercent, rate, seed } = road;
      const between = await plug(street);
      const port = `p${String(hosts)}`;
      const name = await namespace(`f${String(hosts)}`);
      const cable = ["link", "add", "eth0", "netns", name, "type", "veth"];
      await ip(...cable, "peer", "name", "eth1", "netns", between.name);
      // The address moves to the far end; in between are only two cables.
      const address = `${between.address}/24`;
      await ip("-n", between.name, "addr", "del", address, "dev", "eth0");
      await ip("-n", name, "addr", "add", address, "dev", "eth0");
      await ip("-n", between.name, "link", "set", "eth1", "up");
      await ip("-n", name, "link", "set", "eth0", "up");
      const host: LabHost = {
        ...hostIn(name, between.address),
        setCable: (isIn) => between.setCable(isIn),
      };
      // Packets of others get their check sums where they leave the switch.
      const ends = [`${street.namespace} ${port}`, `${name} eth0`];
      for (const end of ends) {
        const [at = "", device = ""] = end.split(" ");
        await ip("netns", "exec", at, "python3", script, "plain", device);
      }
      const numbers = [delayMs / 2, jitterMs / 2, lossPercent / 2, rate ?? 0];
      const child = spawn(
        "ip",
        [
          ...["netns", "exec", between.name, "python3", script],
          ...["eth0", "eth1", ...numbers.map(String), seed],
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      roads.push(child);
      await new Promise((resolve) => child.stdout.once("data", resolve));
      return host;
    },
    router: (nat) => openRouter(street, nat),
    async behindNat(nat) {
      return (await openRouter(street, nat)).host();
    },
    async close() {
      for (const child of roads) child.kill("SIGKILL");
      for (const name of names.reverse()) await ip("netns", "del", name);
    },
  };
}

function hostIn(name: string, address: string): Omit<LabHost, "setCable"> {
  async function exec(...command: readonly string[]): Promise<string> {
    const all = ["netns", "exec", name, ...command];
    return (await run("ip", all)).stdout;
  }
  return {
    name,
    address,
    exec,
    async nft(...rules) {
      for (const rule of rules) await exec("nft", rule);
    },
    fork: (program, args) =>
      fork("netns", ["exec", name, process.execPath, program, ...args], {
        execPath: "/usr/sbin/ip",
        execArgv: [],
      }),
  };
}
