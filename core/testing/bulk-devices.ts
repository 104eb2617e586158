import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpaceId } from "#core/contract/ids.ts";
import type { BulkRemote } from "#core/exchange/bulk-asking.ts";
import type { FilesDevice, TestContent } from "./files-device.ts";
import { createSessionPair, type TestSession } from "./session-pair.ts";
import { createTcpPair } from "./tcp-pair.ts";
import { testPerson } from "./test-ids.ts";
import { until } from "./until.ts";

/** A TCP line between two devices that proved whose they are; the first one called. */
export async function joinOverTcp(
  [caller, called]: readonly [FilesDevice, FilesDevice],
  spaces: Iterable<SpaceId>,
): Promise<readonly [TestSession, TestSession]> {
  const pair = await createSessionPair(spaces, await createTcpPair());
  pair[0].person.set(testPerson("called"));
  pair[1].person.set(testPerson("caller"));
  caller.sessions.add(pair[0]);
  called.sessions.add(pair[1]);
  return pair;
}

/** Puts content a device holds into a file, from which a thread can serve it. Answers with its path. */
export async function storeContent(
  device: FilesDevice,
  content: TestContent,
): Promise<string> {
  const { bytes, list, size, chunkSize, root } = content;
  const path = join(device.folder, `stored-${root}`);
  await writeFile(path, bytes);
  const { mtimeMs } = await stat(path);
  const file = { path, size, mtimeMs, chunkSize, list: () => list };
  device.reader.files.set(root, file);
  return path;
}

/** The lane on which a device fetches, once it stands. */
export async function laneOf(device: FilesDevice): Promise<BulkRemote> {
  const [remote] = await until(
    device.exchange.remotes,
    (all) => all.length > 0,
  );
  if (remote?.bulk === undefined) throw new Error("no lane can ever be");
  const lane = await until(remote.bulk.up, (up) => up !== null);
  if (lane === null) throw new Error("waited for a lane");
  return lane;
}
