import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  answers,
  cpuOf,
  endProgram,
  freePort,
  runProgram,
  startProgram,
} from "../processes.ts";
import type { Rival } from "./rival.ts";

const SSHD = "/usr/sbin/sshd";

/** Through a server of its own on loopback, with keys made for it. */
export const rsyncSsh: Rival = {
  name: "rsync over ssh",
  needs: ["rsync", "ssh", "ssh-keygen", SSHD],
  async copy({ source, target, scratch }) {
    const port = await freePort();
    const [hostKey, key] = [join(scratch, "host"), join(scratch, "key")];
    for (const path of [hostKey, key])
      await promisify(execFile)("ssh-keygen", [
        "-q",
        "-t",
        "ed25519",
        "-N",
        "",
        "-f",
        path,
      ]);
    const config = join(scratch, "sshd_config");
    await writeFile(
      config,
      [
        `Port ${String(port)}`,
        "ListenAddress 127.0.0.1",
        `HostKey ${hostKey}`,
        `AuthorizedKeysFile ${key}.pub`,
        "StrictModes no",
        "UsePAM no",
        "PermitRootLogin prohibit-password",
        "PasswordAuthentication no",
        "PidFile none",
      ].join("\n"),
    );
    // Where it is started as root it wants this; elsewhere it asks for nothing.
    await mkdir("/run/sshd", { recursive: true }).catch(() => undefined);
    const server = startProgram(SSHD, ["-D", "-f", config]);
    try {
      await answers(port);
      const before = await cpuOf(server);
      const shell = `ssh -p ${String(port)} -i ${key} -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`;
      const from = `${userInfo().username}@127.0.0.1:${source}/`;
      const { ms, cpuSeconds } = await runProgram("rsync", [
        "-a",
        "-e",
        shell,
        from,
        target,
      ]);
      return { ms, cpuSeconds: cpuSeconds + (await cpuOf(server)) - before };
    } finally {
      await endProgram(server);
    }
  },
};
