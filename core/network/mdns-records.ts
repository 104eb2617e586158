import type { ResponsePacket } from "multicast-dns";

/** One record of a packet. */
export type Answer = NonNullable<ResponsePacket["answers"]>[number];

/** The kind of service, as other programs on the network list it. On the wire since 0.1. */
export const SERVICE = "_commonplace._tcp.local";

const NAME = /^([0-9a-f]{16})[.]_commonplace[.]_tcp[.]local$/;

/** What one device says about itself on its network (ME6). */
export interface Announcement {
  /** Random, of one run. */
  readonly name: string;
  readonly port: number;
  /** How long it may be believed; 0 takes it back. */
  readonly seconds: number;
}

/** The records of RFC 6763 that name a port: a pointer and a service record. */
export function writeAnnouncement(
  name: string,
  port: number,
  seconds: number,
): Answer[] {
  const instance = `${name}.${SERVICE}`;
  return [
    { name: SERVICE, type: "PTR", ttl: seconds, data: instance },
    {
      name: instance,
      type: "SRV",
      ttl: seconds,
      data: { port, target: `${name}.local` },
    },
  ];
}

/** Reads the first service record of ours; null when there is none, or it makes no sense. */
export function readAnnouncement(
  answers: readonly Answer[],
): Announcement | null {
  for (const answer of answers) {
    if (answer.type !== "SRV") continue;
    const [, name] = NAME.exec(answer.name.toLowerCase()) ?? [];
    const { port } = answer.data;
    if (name === undefined || port < 1 || port > 65_535) continue;
    return { name, port, seconds: answer.ttl ?? 0 };
  }
  return null;
}
