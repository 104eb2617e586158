import type { DoctorReport } from "#core/contract/connection-models.ts";
import { contactViews } from "#core/contact-views.ts";
import type { CoreOptions } from "#core/core-port.ts";
import { diagnose } from "#core/doctor/diagnose.ts";
import type { Features } from "#core/features.ts";
import { systemDiskSpace } from "#core/keeping/disk-space.ts";

/** Looks at the chain from this computer to friends; within fifteen seconds. */
export async function examine(
  features: Features,
  core: CoreOptions,
): Promise<DoctorReport> {
  const { network, clock, dataFolder, disks = systemDiskSpace } = core;
  const [inspection, { free }] = await Promise.all([
    network.inspect?.() ?? { internet: null, local: null },
    disks.look(dataFolder),
  ]);
  const views = contactViews(features, network);
  const sessions = features.meet.live.peek();
  return diagnose({
    now: clock.now(),
    network: views.networkState(),
    isOnline: network.online.peek(),
    contacts: views.knownContacts().map(({ person, name, picture, isMe }) => ({
      person,
      name,
      picture,
      isMe,
    })),
    skews: sessions.flatMap(({ skew }) => skew.peek() ?? []),
    freeBytes: free,
    nearLines: sessions.filter(({ line }) => line.transport === "tcp").length,
    inspection,
  });
}
