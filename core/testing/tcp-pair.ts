import { connect, createServer, type Socket } from "node:net";

/** Both ends of a TCP connection on loopback: the one that called, and the one that was called. */
export function createTcpPair(): Promise<readonly [Socket, Socket]> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true });
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return;
      const caller = connect({ port: address.port, host: "127.0.0.1" });
      caller.on("error", reject);
      server.once("connection", (called) => {
        server.close();
        resolve([caller, called]);
      });
    });
  });
}
