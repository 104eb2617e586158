import { createServer } from "node:http";

/** Answers every request for a web page on this computer of the lab, as a network that wants a sign-in does. */
const WEB_PORT = 80;
createServer((_, response) => {
  response.writeHead(302, { location: "http://sign-in.example/" }).end();
}).listen(WEB_PORT, () => {
  process.send?.("ready");
});
