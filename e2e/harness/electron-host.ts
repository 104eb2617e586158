import { once } from "node:events";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";
import type { Host } from "./host.ts";
import { watchPage } from "./watch-page.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const QUIT_MS = 15_000;

/** The desktop app itself, in the Electron named by ELECTRON_BIN. */
export function createElectronHost(executablePath: string): Host {
  const isRoot = process.getuid?.() === 0;
  // Named this way, and not as `executablePath`, Playwright holds the app back
  // until it is listening; otherwise a quick app is now and then missed.
  process.env["ELECTRON_OVERRIDE_DIST_PATH"] = dirname(executablePath);
  return {
    name: "electron",
    async start(options) {
      const app = await _electron.launch({
        cwd: ROOT,
        args: [
          ...(isRoot ? ["--no-sandbox"] : []),
          "--disable-gpu",
          // Windows lie on top of each other here; those below are to go on all the same.
          "--disable-backgrounding-occluded-windows",
          "--disable-renderer-backgrounding",
          "--disable-background-timer-throttling",
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
          const late = once(AbortSignal.timeout(QUIT_MS), "abort");
          const isLate = await Promise.race([
            app.close().then(() => false),
            late.then(() => true),
          ]);
          if (!isLate) return;
          options.onProblem(`the app did not quit within ${QUIT_MS} ms`);
          process_.kill("SIGKILL");
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
