import { connect } from "node:net";
import type HyperDHT from "hyperdht";
import type { Address, Inspection } from "./port.ts";

/** Who is there answers well within this time. */
const ANSWER_MS = 4_000;
const WEB_PORT = 80;

/**
 * Looks at the way out through the nodes that the DHT is entered by, and nobody
 * else: whether they answer, and when not, whether TCP gets through to them, and
 * whether somebody answers there in their place (they serve no web page).
 */
export async function inspectInternet(
  dht: HyperDHT,
): Promise<Inspection["internet"]> {
  const nodes = dht.bootstrapNodes.slice(0, 3);
  const pings = nodes.map((node) => within(dht.ping(node)));
  const answered = await Promise.all(pings);
  const answers = answered.includes(true);
  const probes = answers ? [] : await Promise.all(nodes.map(askWeb));
  return {
    answers,
    isCaptive: probes.includes("page"),
    hasOtherWay: probes.some((probe) => probe !== "nothing"),
    reach: !answers
      ? "unknown"
      : !dht.firewalled
        ? "open"
        : dht.randomized
          ? "strict"
          : "easy",
  };
}

async function within(ping: Promise<unknown>): Promise<boolean> {
  try {
    await ping;
    return true;
  } catch {
    return false;
  }
}

/** Asks for a web page where there is none. `refused`: the computer itself said so. */
function askWeb({ host }: Address): Promise<"page" | "refused" | "nothing"> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: WEB_PORT, timeout: ANSWER_MS });
    function end(found: "page" | "refused" | "nothing"): void {
      socket.destroy();
      resolve(found);
    }
    socket.on("connect", () => {
      socket.write("GET / HTTP/1.0\r\n\r\n");
    });
    socket.on("data", (bytes) => {
      end(bytes.toString("latin1").startsWith("HTTP/") ? "page" : "refused");
    });
    socket.on("timeout", () => {
      end("nothing");
    });
    socket.on("error", (error) => {
      const isRefused = "code" in error && error.code === "ECONNREFUSED";
      end(isRefused ? "refused" : "nothing");
    });
    socket.on("close", () => {
      resolve("nothing");
    });
  });
}
