import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { LabHost } from "./network-lab.ts";

const TAP = fileURLToPath(new URL("tap.py", import.meta.url));

/** A cable that is listened at. */
export interface LabTap {
  /** All bytes of all packets so far, both ways. */
  heard(): Promise<Buffer>;
  stop(): void;
}

/** Listens at the cable of a computer of the lab, as who owns the network can; needs Python. `file` takes what is heard. */
export async function tapCable(host: LabHost, file: string): Promise<LabTap> {
  const child = spawn(
    "ip",
    ["netns", "exec", host.name, "python3", TAP, "eth0", file],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return {
    heard: () => readFile(file),
    stop: () => {
      child.kill("SIGKILL");
    },
  };
}
