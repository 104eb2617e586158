import { createSocket } from "node:dgram";

/** A stranger's computer that hears what is said to all by multicast DNS. Argument: its address. */
const MULTICAST_DNS = "224.0.0.251";
const PORT = 5353;
const [address = ""] = process.argv.slice(2);
const socket = createSocket({ type: "udp4", reuseAddr: true });
socket.on("message", (bytes) => process.send?.(bytes.toString("hex")));
socket.bind(PORT, "0.0.0.0", () => {
  socket.addMembership(MULTICAST_DNS, address);
  process.send?.("ready");
});
process.on("disconnect", () => process.exit(0));
