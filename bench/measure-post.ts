import { join } from "node:path";
import { befriend, openNewPerson } from "./person.ts";
import { median, quantile, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const POSTS = 200;
/** A value of a watched state comes at most every 250 ms; the next post waits until it is calm again. */
const CALM_MS = 300;

/** From asking one core to post until the other core, in another process, shows it. */
export async function measurePost(folder: string): Promise<readonly Result[]> {
  const ana = await openNewPerson(join(folder, "post-ana"), "Ana");
  const ben = await openNewPerson(join(folder, "post-ben"), "Ben");
  await befriend(ana, ben);
  const times: number[] = [];
  for (let post = 0; post < POSTS; post++) {
    const shown = ben.until(
      "feed",
      { filter: "all", first: 0, count: 1 },
      ({ items }) => items[0]?.text === `post ${String(post)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    times.push(
      await timed(async () => {
        await ana.call("post", {
          text: `post ${String(post)}`,
          audience: "contacts",
          replyTo: null,
          attachments: [],
        });
        await shown;
      }),
    );
  }
  await ana.close();
  await ben.close();
  return [
    {
      what: "post until the other core shows it (TCP on loopback)",
      figure: `${median(times).toFixed(0)} ms median, ${quantile(times, 0.99).toFixed(0)} ms p99`,
      beside: `${String(POSTS)} posts, one at a time`,
    },
  ];
}
