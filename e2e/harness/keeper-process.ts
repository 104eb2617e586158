import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LINK = /^commonplace:\S+$/m;

/** A keeper as it runs on a computer that stays on. */
export interface KeeperProcess {
  /** Its invite. */
  readonly link: string;
  /** All it said so far, for whoever looks after it. */
  said(): string;
  close(): Promise<void>;
}

/** Starts `commonplace keep`, and waits for its invite. */
export async function startKeeper(options: {
  readonly dataFolder: string;
  readonly bootstrap: readonly string[];
  readonly name: string;
}): Promise<KeeperProcess> {
  const { dataFolder, bootstrap, name } = options;
  const keeper = spawn(
    process.execPath,
    ["dist/core/cli.js", "keep", "--space", "1GB", "--name", name].concat(
      ["--data", dataFolder, "--loopback"],
      ["--bootstrap", bootstrap.join(",")],
    ),
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  const link = await new Promise<string>((resolve, reject) => {
    function hear(text: Buffer): void {
      said += text.toString();
      const [found] = LINK.exec(said) ?? [];
      if (found !== undefined && said.includes("Keeping")) resolve(found);
    }
    keeper.stdout.on("data", hear);
    keeper.stderr.on("data", hear);
    keeper.once("exit", () => {
      reject(new Error(`the keeper ended:\n${said}`));
    });
  });
  return {
    link,
    said: () => said,
    async close() {
      if (keeper.exitCode !== null) return;
      const gone = once(keeper, "exit");
      keeper.kill("SIGTERM");
      await gone;
    },
  };
}
