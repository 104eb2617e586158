// `npm run demo`: two people on this computer, on a private network that
// nothing leaves, with something to see. Their data are removed at the end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findElectron } from "./electron-binary.mjs";
import { ROOT, prepare } from "./prepare.mjs";
import { checkUsage } from "./usage.mjs";

/** Fewer nodes make a network that is unsure of itself. */
const NETWORK_NODES = 10;

/** @type {import("./usage.mjs").Usage} */
const USAGE = {
  command: "npm run demo",
  about:
    "Shows two people with two apps on this computer, on a network of their own. What they write is removed at the end.",
  options: [["browser", "", "two browser pages, without looking for Electron"]],
};

checkUsage(USAGE, process.argv.slice(2));

/** @type {(() => unknown)[]} */
const endings = [];
let isOver = false;

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    // `end` catches everything of its own.
    end(0).catch(console.error);
  });

try {
  await prepare();
  await demonstrate();
} catch (error) {
  if (!isOver) {
    console.error(error instanceof Error ? error.message : String(error));
    await end(1);
  }
}

async function demonstrate() {
  // Packages are there only now.
  const { startHostProcess, openClient } = await import("./host-process.mjs");
  const { makeContent } = await import("./demo-content.mjs");
  const { writeDemoFolder } = await import("./demo-files.mjs");
  const { default: createTestnet } = await import("@hyperswarm/testnet");

  const folder = mkdtempSync(join(tmpdir(), "commonplace-demo-"));
  endings.push(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  console.log("Making a private network …");
  const network = await createTestnet(NETWORK_NODES, { host: "127.0.0.1" });
  endings.push(() => network.destroy());
  const bootstrap = network.bootstrap
    .map((/** @type {any} */ node) => `${node.host}:${node.port}`)
    .join(",");
  /** @param {string} name */
  const options = (name) => [
    `--data=${join(folder, name)}`,
    `--bootstrap=${bootstrap}`,
    "--loopback",
  ];

  console.log("Two people meet …");
  const people = [];
  for (const name of ["ana", "ben"]) {
    const host = await startHostProcess([...options(name), "--no-open"]);
    endings.push(host.close);
    people.push({ name, host, client: await openClient(host.url) });
  }
  const [ana, ben] = people;
  if (ana === undefined || ben === undefined) throw new Error("two people");
  const shared = join(folder, "Allotment");
  writeDemoFolder(shared);
  await makeContent(ana.client, ben.client, shared);
  for (const { client } of people) client.close();

  const electron = process.argv.includes("--browser") ? null : windows();
  if (electron === null) {
    console.log("\nOpen each of these in a browser on this computer:");
    for (const { name, host } of people) console.log(`  ${name}: ${host.url}`);
    console.log("\nCtrl+C ends the demonstration and removes its data.");
    return;
  }
  // The windows take over the data that were made.
  for (const { host } of people) await host.close();
  console.log("\nTwo windows open. Closing both ends the demonstration.");
  await Promise.all(
    people.map(({ name }) => openWindow(electron, options(name))),
  );
  await end(0);
}

/** Electron, where it is and can show something. */
function windows() {
  const hasScreen =
    process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"]) ||
    Boolean(process.env["WAYLAND_DISPLAY"]);
  return hasScreen ? findElectron() : null;
}

/** @param {string} electron @param {readonly string[]} args */
async function openWindow(electron, args) {
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const child = spawn(
    electron,
    [ROOT, ...(isRoot ? ["--no-sandbox"] : []), ...args],
    { stdio: "inherit" },
  );
  const ended = once(child, "exit");
  endings.push(() => {
    child.kill();
    return ended;
  });
  await ended;
}

/** Ends everything that was begun, the newest first. @param {number} code */
async function end(code) {
  if (isOver) return;
  isOver = true;
  for (const ending of endings.reverse()) {
    try {
      await ending();
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
    }
  }
  process.exit(code);
}
