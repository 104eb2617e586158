import { execFile, fork, type ChildProcess } from "node:child_process";
import { access } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A computer of the lab: a network namespace with one cable into the switch. */
export interface LabHost {
  readonly name: string;
  /** Its address on the lab's network. */
  readonly address: string;
  /** Runs a program there and answers what it printed. */
  exec(...command: readonly string[]): Promise<string>;
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

/** Computers on one network, with nothing else around them. */
export interface NetworkLab {
  /** Adds a computer behind a router of its own, which lets in only what was asked for. */
  behindNat(nat: Nat): Promise<LabHost>;
  /** Adds a computer; `gateway` is the address its packets for elsewhere go to. */
  host(gateway?: LabHost): Promise<LabHost>;
  close(): Promise<void>;
}

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
 * own network is touched, or reached: there is no way out of the lab.
 */
export async function openNetworkLab(prefix = "10.77.0"): Promise<NetworkLab> {
  const id = `cp${String(process.pid)}x${String(labs++)}`;
  const names: string[] = [];

  async function ip(...args: readonly string[]): Promise<void> {
    await run("ip", args);
  }

  async function namespace(name: string): Promise<string> {
    const full = `${id}${name}`;
    await ip("netns", "add", full);
    names.push(full);
    await ip("-n", full, "link", "set", "lo", "up");
    return full;
  }

  const lan = await namespace("s");
  await ip("-n", lan, "link", "add", "br0", "type", "bridge");
  await ip("-n", lan, "link", "set", "br0", "up");

  let hosts = 0;

  /** A namespace with one end of a new cable in the switch. */
  async function plugged(): Promise<{
    readonly name: string;
    readonly address: string;
    readonly far: string;
  }> {
    hosts += 1;
    const name = await namespace(`h${String(hosts)}`);
    const address = `${prefix}.${String(hosts)}`;
    const far = `p${String(hosts)}`;
    const cable = ["link", "add", "eth0", "netns", name, "type", "veth"];
    await ip(...cable, "peer", "name", far, "netns", lan);
    await ip("-n", lan, "link", "set", far, "master", "br0", "up");
    await ip("-n", name, "addr", "add", `${address}/24`, "dev", "eth0");
    await ip("-n", name, "link", "set", "eth0", "up");
    return { name, address, far };
  }

  function hostOf(name: string, address: string, far: string): LabHost {
    return {
      name,
      address,
      async exec(...command) {
        const all = ["netns", "exec", name, ...command];
        return (await run("ip", all)).stdout;
      },
      fork: (program, args) =>
        fork("netns", ["exec", name, process.execPath, program, ...args], {
          execPath: "/usr/sbin/ip",
          execArgv: [],
        }),
      setCable: (isIn) =>
        ip("-n", lan, "link", "set", far, isIn ? "up" : "down"),
    };
  }

  return {
    async host(gateway) {
      const { name, address, far } = await plugged();
      if (gateway !== undefined)
        await ip("-n", name, "route", "add", "default", "via", gateway.address);
      return hostOf(name, address, far);
    },
    async behindNat(nat) {
      const router = await plugged();
      const box = hostOf(router.name, router.address, router.far);
      const name = await namespace(`n${String(hosts)}`);
      const inside = `192.168.${String(hosts)}`;
      const cable = ["link", "add", "eth0", "netns", name, "type", "veth"];
      await ip(...cable, "peer", "name", "eth1", "netns", router.name);
      await ip(
        "-n",
        router.name,
        "addr",
        "add",
        `${inside}.1/24`,
        "dev",
        "eth1",
      );
      await ip("-n", router.name, "link", "set", "eth1", "up");
      await ip("-n", name, "addr", "add", `${inside}.2/24`, "dev", "eth0");
      await ip("-n", name, "link", "set", "eth0", "up");
      await ip("-n", name, "route", "add", "default", "via", `${inside}.1`);
      await box.exec("sysctl", "-qw", "net.ipv4.ip_forward=1");
      const ports =
        nat === "strict" ? "masquerade random,fully-random" : "masquerade";
      const onlyAnswers = 'iifname "eth0" ct state new drop';
      for (const rule of [
        "add table inet box",
        "add chain inet box out { type nat hook postrouting priority 100; }",
        `add rule inet box out oifname "eth0" ${ports}`,
        "add chain inet box in { type filter hook input priority 0; }",
        `add rule inet box in ${onlyAnswers}`,
        "add chain inet box through { type filter hook forward priority 0; }",
        `add rule inet box through ${onlyAnswers}`,
      ])
        await box.exec("nft", rule);
      return hostOf(name, `${inside}.2`, router.far);
    },
    async close() {
      for (const name of names.reverse()) await ip("netns", "del", name);
    },
  };
}
