import type { LabHost } from "./network-lab.ts";

/** Takes away that computers of one network hear each other by themselves. */
export async function muffle(...hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts)
    await host.nft(
      "add table inet muffle",
      "add chain inet muffle in { type filter hook input priority 0; }",
      "add rule inet muffle in udp dport 5353 drop",
    );
}
