import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { promisify } from "node:util";

/** What a program took: time, and processor of it and all it started. */
export interface Took {
  readonly ms: number;
  readonly cpuSeconds: number;
}

/** Ticks of the processor clock in a second, on every Linux. */
const TICKS = 100;

/** Whether a program is installed. */
export async function isInstalled(program: string): Promise<boolean> {
  return await promisify(execFile)("which", [program]).then(
    () => true,
    () => false,
  );
}

/** Runs a program to its end; throws when it fails. */
export async function runProgram(
  program: string,
  args: readonly string[],
): Promise<Took> {
  // The shell knows what its children used, also after they are gone.
  const script = '"$@"; code=$?; times >&2; exit $code';
  const start = performance.now();
  const { stderr } = await promisify(execFile)(
    "bash",
    ["-c", script, "bash", program, ...args],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const ms = performance.now() - start;
  const children = stderr.trimEnd().split("\n").at(-1) ?? "";
  let cpuSeconds = 0;
  for (const [, minutes, seconds] of children.matchAll(/(\d+)m([\d.]+)s/g))
    cpuSeconds += Number(minutes) * 60 + Number(seconds);
  return { ms, cpuSeconds };
}

/** Starts a program that stays. */
export function startProgram(
  program: string,
  args: readonly string[],
): ChildProcess {
  return spawn(program, [...args], { stdio: "ignore" });
}

/** Ends a program that stays, and waits until it has. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await gone;
}

/** Seconds of processor that a running process and all it started have used. */
export async function cpuOf({ pid }: ChildProcess): Promise<number> {
  return await cpuOfTree(String(pid));
}

async function cpuOfTree(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  let seconds = 0;
  // Its own, and that of children that have ended.
  for (const ticks of fields.slice(11, 15)) seconds += Number(ticks) / TICKS;
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = await readFile(path, "utf8").catch(() => "");
  for (const child of children.split(" "))
    if (child !== "") seconds += await cpuOfTree(child);
  return seconds;
}

/** A port on loopback that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string")
    throw new Error("a server on loopback has a port");
  return address.port;
}

/** Resolves when something answers on a port. */
export async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const isUp = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => {
        resolve(false);
      });
    });
    if (isUp === true) return;
    await pause(20);
  }
  throw new Error("a program that should listen does not");
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
