import createTestnet from "@hyperswarm/testnet";

/** Nodes of a private DHT on one computer of the lab. Argument: its address. */
const NODES = 20;
const [host = ""] = process.argv.slice(2);
const testnet = await createTestnet(NODES, { host });
const [first] = testnet.bootstrap;
process.on("disconnect", () => process.exit(0));
process.send?.(`${host}:${String(first?.port)}`);
