import { statfs } from "node:fs/promises";

/**
 * Drives whose changes this system does not hear of, because they are made
 * elsewhere, by the numbers Linux gives them: NFS, SMB and CIFS, FUSE (of which
 * nobody knows what is behind), 9P, AFS, Ceph, Coda, shared folders of virtual machines.
 */
const DEAF = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x65735546, 0x01021997, 0x5346414f,
  0x00c36400, 0x73757245, 0x786f4256,
]);

/** Whether changes in a folder are told by the system; where not, it is looked through now and then. */
export async function tellsChanges(folder: string): Promise<boolean> {
  if (process.platform === "win32") return !/^[\\/]{2}[^?.]/.test(folder);
  if (process.platform !== "linux") return true;
  const drive = await statfs(folder).catch(() => null);
  // Some systems give the number with its sign.
  return drive === null || !DEAF.has(drive.type >>> 0);
}
