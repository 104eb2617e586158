import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endProgram } from "../processes.ts";
import type { Rival } from "./rival.ts";

export type SideMessage =
  | { readonly kind: "ready"; readonly port: number; readonly key: string }
  | { readonly kind: "used"; readonly ms: number; readonly cpuSeconds: number };

const PROGRAM = fileURLToPath(new URL("hyperdrive-side.js", import.meta.url));

/** Hyperdrive and mirror-drive over TCP and Noise: how one would do it with the same packages. */
export const hyperdrive: Rival = {
  name: "hyperdrive + mirror-drive",
  needs: [],
  async copy({ source, target, scratch }) {
    const sharer = fork(PROGRAM, ["share", join(scratch, "sender"), source]);
    try {
      const ready = await next(sharer);
      if (ready.kind !== "ready") throw new Error("it did not start");
      const { port, key } = ready;
      sharer.send("usage");
      await next(sharer);
      const args = [
        "fetch",
        join(scratch, "receiver"),
        target,
        String(port),
        key,
      ];
      const reader = fork(PROGRAM, args);
      const read = await next(reader);
      await endProgram(reader);
      sharer.send("usage");
      const gave = await next(sharer);
      if (read.kind !== "used" || gave.kind !== "used")
        throw new Error("it did not end");
      return { ms: read.ms, cpuSeconds: read.cpuSeconds + gave.cpuSeconds };
    } finally {
      await endProgram(sharer);
    }
  },
};

function next(side: ChildProcess): Promise<SideMessage> {
  return new Promise((resolve, reject) => {
    side.once("message", (message: SideMessage) => {
      side.off("exit", ended);
      resolve(message);
    });
    side.once("exit", ended);
    function ended(): void {
      reject(new Error("a process of the rival ended"));
    }
  });
}
