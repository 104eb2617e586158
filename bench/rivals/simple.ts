import { createReadStream } from "node:fs";
import { readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, relative } from "node:path";
import {
  answers,
  cpuOf,
  endProgram,
  freePort,
  runProgram,
  startProgram,
} from "../processes.ts";
import type { Rival } from "./rival.ts";

/** The floor: no network, nothing checked, nothing synced. */
export const cp: Rival = {
  name: "cp",
  needs: ["cp"],
  copy: ({ source, target }) => runProgram("cp", ["-r", `${source}/.`, target]),
};

export const rsyncDaemon: Rival = {
  name: "rsync daemon (clear text)",
  needs: ["rsync"],
  async copy({ source, target, scratch }) {
    const port = await freePort();
    const config = join(scratch, "rsyncd.conf");
    await writeFile(
      config,
      `use chroot = no\n[files]\npath = ${source}\nread only = yes\n`,
    );
    const daemon = startProgram("rsync", [
      "--daemon",
      "--no-detach",
      "--address=127.0.0.1",
      `--port=${String(port)}`,
      `--config=${config}`,
    ]);
    try {
      await answers(port);
      const before = await cpuOf(daemon);
      const from = `rsync://127.0.0.1:${String(port)}/files/`;
      const { ms, cpuSeconds } = await runProgram("rsync", [
        "-a",
        from,
        target,
      ]);
      return { ms, cpuSeconds: cpuSeconds + (await cpuOf(daemon)) - before };
    } finally {
      await endProgram(daemon);
    }
  },
};

/** From a server of this process; four connections a file, sixteen files at once. */
export const aria2: Rival = {
  name: "aria2 over http (clear text)",
  needs: ["aria2c"],
  async copy({ source, target, scratch }) {
    const server = createServer((request, response) => {
      serve(
        join(source, decodeURI(request.url ?? "")),
        request.headers.range,
      ).then(
        ({ size, start, end, stream }) => {
          response.writeHead(request.headers.range === undefined ? 200 : 206, {
            "Content-Length": end - start,
            "Content-Range": `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
            "Accept-Ranges": "bytes",
          });
          stream.pipe(response);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const list = join(scratch, "files.txt");
    const paths = await readdir(source, {
      recursive: true,
      withFileTypes: true,
    });
    await writeFile(
      list,
      paths
        .filter((it) => it.isFile())
        .map((it) => relative(source, join(it.parentPath, it.name)))
        .map((path) => `http://127.0.0.1:${String(port)}/${path}\n out=${path}`)
        .join("\n"),
    );
    const before = process.cpuUsage();
    const { ms, cpuSeconds } = await runProgram("aria2c", [
      "--quiet",
      "-x4",
      "-s4",
      "-j16",
      "--file-allocation=none",
      `--dir=${target}`,
      `--input-file=${list}`,
    ]);
    const { user, system } = process.cpuUsage(before);
    server.close();
    return { ms, cpuSeconds: cpuSeconds + (user + system) / 1e6 };
  },
};

async function serve(path: string, range: string | undefined) {
  const { size } = await stat(path);
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  const start = Number(from ?? 0);
  const end = to === undefined || to === "" ? size : Number(to) + 1;
  return {
    size,
    start,
    end,
    stream: createReadStream(path, { start, end: end - 1 }),
  };
}
