import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";
import type { Host } from "./host.ts";
import { watchPage } from "./watch-page.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The desktop app itself, in the Electron named by ELECTRON_BIN. */
export function createElectronHost(executablePath: string): Host {
  const isRoot = process.getuid?.() === 0;
  return {
    name: "electron",
    async start(options) {
      const app = await _electron.launch({
        executablePath,
        cwd: ROOT,
        args: [
          ...(isRoot ? ["--no-sandbox"] : []),
          "--disable-gpu",
          ROOT,
          `--data=${options.dataFolder}`,
          `--bootstrap=${options.bootstrap.join(",")}`,
          "--loopback",
        ],
        env: { ...stringsOf(process.env), NODE_ENV: "production" },
      });
      const page = await app.firstWindow();
      watchPage(page, options.onProblem);
      const process_ = app.process();
      return {
        page,
        async answerDialog(paths) {
          await app.evaluate(({ dialog }, filePaths) => {
            dialog.showOpenDialog = () =>
              Promise.resolve({ canceled: false, filePaths: [...filePaths] });
          }, paths);
          return true;
        },
        async kill() {
          const exited = once(process_, "exit");
          process_.kill("SIGKILL");
          await exited;
        },
        async close() {
          await app.close();
        },
      };
    },
  };
}

function stringsOf(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
