import { spawn } from "node:child_process";

/** How a platform opens a file or an address in its own app. */
interface Opener {
  readonly command: string;
  readonly args: (target: string) => readonly string[];
}

const OPENERS: Readonly<Record<string, Opener>> = {
  darwin: { command: "open", args: (target) => [target] },
  // Not through `cmd`, which would read parts of a name as commands.
  win32: { command: "explorer.exe", args: (target) => [target] },
  linux: { command: "xdg-open", args: (target) => [target] },
};

/** The opener of this computer; null where nothing could be shown. */
export function findOpener(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Opener | null {
  const hasDisplay =
    platform !== "linux" ||
    Boolean(env["DISPLAY"]) ||
    Boolean(env["WAYLAND_DISPLAY"]);
  return hasDisplay && Object.hasOwn(OPENERS, platform)
    ? (OPENERS[platform] ?? null)
    : null;
}

/** Opens it and does not wait for what was opened; rejects when there is no such command. */
export function runOpener(opener: Opener, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(opener.command, opener.args(target), {
      stdio: "ignore",
      detached: true,
    });
    child.once("error", reject);
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}
