import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemRandom } from "#core/base/random.ts";
import { untilHere, type LabPerson } from "./lab-person.ts";
import type { UntilOptions } from "./until.ts";

const FREE = { down: null, up: null, schedule: null };

/** A file on its way from one person of the lab to another. */
export interface LabTransfer {
  /** How many bytes were there, each time that was told. */
  readonly seen: readonly number[];
  /** How far it is, as its owner is told. */
  stage(): string | undefined;
  /** Waits until so many more bytes are there than now. */
  moves(bytes: number, options: UntilOptions): Promise<void>;
  /** Lets it go as fast as it can, and waits until it is done. Whether every byte is as it was. */
  finish(options: UntilOptions): Promise<boolean>;
}

/**
 * Shares a file of so many random bytes, and begins to fetch it at `rate` bytes a
 * second, so that something can happen meanwhile. Both write into folders in `root`.
 */
export async function beginTransfer(
  root: string,
  from: LabPerson,
  to: LabPerson,
  { bytes, rate }: { readonly bytes: number; readonly rate: number | null },
  options: UntilOptions,
): Promise<LabTransfer> {
  const shared = join(root, "shared");
  const folder = await grant(from, shared);
  const source = join(shared, "film.bin");
  await writeFile(source, systemRandom.bytes(bytes));
  const { collection } = await from.call("shareFolder", {
    folder,
    title: "Films",
    about: "",
    audience: { kind: "contacts" },
  });
  await untilHere(
    to.state("collections", {}),
    ([row]) => row?.files === 1,
    options,
  );
  if (rate !== null)
    await to.call("updateSettings", { limits: { ...FREE, down: rate } });
  await to.call("download", {
    collection,
    paths: [""],
    folder: await grant(to, join(root, "got")),
  });
  const transfers = to.state("transfers", {});
  const seen: number[] = [];
  transfers.subscribe(() => {
    seen.push(transfers.peek()?.[0]?.bytes.done ?? 0);
  });
  return {
    seen,
    stage: () => transfers.peek()?.[0]?.state.stage,
    moves(more, patience) {
      const least = (seen.at(-1) ?? 0) + more;
      return untilHere(
        transfers,
        ([one]) => (one?.bytes.done ?? 0) >= least,
        patience,
      );
    },
    async finish(patience) {
      await to.call("updateSettings", { limits: FREE });
      await untilHere(
        transfers,
        ([one]) => one?.state.stage === "done",
        patience,
      );
      const got = join(root, "got", "Films", "film.bin");
      return (await digest(got)) === (await digest(source));
    },
  };
}

async function grant(one: LabPerson, path: string) {
  await mkdir(path, { recursive: true });
  return (await one.call("grantFolder", { path })).grant;
}

async function digest(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
