import { acceptNetwork } from "./acceptance.ts";
import { createMemoryHub } from "./memory.ts";

const hub = createMemoryHub();
let count = 0;

acceptNetwork({
  name: "memory",
  create() {
    count += 1;
    return hub.network(`device ${String(count)}`);
  },
  meetsByTopic: true,
  meetsByAddress: true,
  manyTopics: 500,
  holdsBack: true,
  patienceMs: 2_000,
});
