import { parse, string } from "valibot";
import type { LabHost } from "./network-lab.ts";

/** A private DHT on a computer of the lab. */
export interface LabDht {
  /** Address and port of the node to enter it by. */
  readonly entry: string;
  stop(): void;
}

/** Starts one with `program`, which is `lab-dht.ts`, bundled. */
export async function startDht(
  host: LabHost,
  program: string,
): Promise<LabDht> {
  const child = host.fork(program, [host.address]);
  const entry = await new Promise<string>((resolve, reject) => {
    child.once("message", (text) => {
      resolve(parse(string(), text));
    });
    child.once("exit", () => {
      reject(new Error("no DHT"));
    });
  });
  return { entry, stop: () => child.kill() };
}
