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

/** Computers on one network, with nothing else around them. */
export interface NetworkLab {
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
export async function openNetworkLab(): Promise<NetworkLab> {
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
  return {
    async host(gateway) {
      hosts += 1;
      const name = await namespace(`h${String(hosts)}`);
      const address = `10.77.0.${String(hosts)}`;
      const far = `p${String(hosts)}`;
      const cable = ["link", "add", "eth0", "netns", name, "type", "veth"];
      await ip(...cable, "peer", "name", far, "netns", lan);
      await ip("-n", lan, "link", "set", far, "master", "br0", "up");
      await ip("-n", name, "addr", "add", `${address}/24`, "dev", "eth0");
      await ip("-n", name, "link", "set", "eth0", "up");
      if (gateway !== undefined)
        await ip("-n", name, "route", "add", "default", "via", gateway.address);
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
    },
    async close() {
      for (const name of names.reverse()) await ip("netns", "del", name);
    },
  };
}
