import { join } from "node:path";
import { openNewPerson, openPerson } from "./person.ts";
import { median, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

const POSTS = 10_000;
/** Posts under way at once while the index is filled. */
const AT_ONCE = 50;

/** From starting the process to the first page of the feed, with 10,000 posts in the index. */
export async function measureStart(
  folder: string,
  runs: number,
): Promise<readonly Result[]> {
  const dataFolder = join(folder, "start");
  const author = await openNewPerson(dataFolder, "Ana");
  const filling = await timed(async () => {
    for (let at = 0; at < POSTS; at += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) =>
          author.call("post", {
            text: `Post number ${String(at + n)}. ${"word ".repeat(40)}`,
            audience: "contacts",
            replyTo: null,
            attachments: [],
          }),
        ),
      );
  });
  await author.close();
  const starts: number[] = [];
  for (let run = 0; run < runs; run++) {
    let opened: Awaited<ReturnType<typeof openPerson>> | undefined;
    starts.push(
      await timed(async () => {
        opened = await openPerson(dataFolder);
        await opened.until(
          "feed",
          { filter: "all", first: 0, count: 30 },
          (feed) => feed.total === POSTS,
        );
      }),
    );
    await opened?.close();
  }
  return [
    {
      what: "cold start to a usable feed, 10,000 posts in the index",
      figure: `${seconds(median(starts))} median of ${String(runs)}`,
      beside: null,
    },
    {
      what: "writing posts, each confirmed by the disk",
      figure: `${(POSTS / (filling / 1000)).toFixed(0)} posts/s`,
      beside: null,
    },
  ];
}
