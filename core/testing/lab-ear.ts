import { createSocket } from "node:dgram";

/** A stranger's computer that hears what is said to all by multicast DNS, over IPv4 and IPv6. Argument: its address. */
const MULTICAST_DNS = "224.0.0.251";
const MULTICAST_DNS_V6 = "ff02::fb";
const PORT = 5353;
const [address = ""] = process.argv.slice(2);

function listen(
  type: "udp4" | "udp6",
  group: string,
  on: string,
): Promise<void> {
  const socket = createSocket({
    type,
    reuseAddr: true,
    ipv6Only: type === "udp6",
  });
  socket.on("message", (bytes) => process.send?.(bytes.toString("hex")));
  return new Promise((resolve) => {
    socket.bind(PORT, () => {
      socket.addMembership(group, on);
      resolve();
    });
  });
}

await listen("udp4", MULTICAST_DNS, address);
await listen("udp6", MULTICAST_DNS_V6, "::%eth0");
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
