// What two people in the demonstration have done already, made through the
// contract as the page would.

/** @typedef {import("./host-process.mjs").Client} Client */

const HOUR_MS = 60 * 60 * 1000;
const FEED = { filter: "all", first: 0, count: 50 };

/**
 * @param {Client} ana
 * @param {Client} ben
 * @param {string} folder Ana's folder to share
 */
export async function makeContent(ana, ben, folder) {
  await begin(ana, "Ana Moreno");
  await begin(ben, "Ben Okafor");
  await meet(ana, ben);
  await talk(ana, ben);
  const { grant } = await ana.call("grantFolder", { path: folder });
  await ana.call("shareFolder", {
    folder: grant,
    title: "Allotment",
    about: "Recipes and pictures from the allotment. Take what you like.",
    audience: { kind: "contacts" },
  });
  await ben.until("collections", {}, (rows) =>
    rows.some((/** @type {any} */ row) => row.files > 0),
  );
}

/** @param {Client} person @param {string} name */
async function begin(person, name) {
  await person.call("start", {
    name,
    lock: { kind: "unlocked" },
    phrase: null,
  });
  await person.until("app", {}, (app) => app.stage === "ready");
  // Posts of the demonstration are meant.
  await person.call("updateSettings", { undoMs: 0 });
}

/** @param {Client} ana @param {Client} ben */
async function meet(ana, ben) {
  const { link } = await ana.call("createInvite", {
    lifeMs: HOUR_MS,
    uses: 1,
    message: "Come and see the allotment.",
  });
  await ben.call("openLink", { link });
  for (const person of [ana, ben])
    await person.until("contacts", {}, (contacts) => contacts.length > 0);
}

/** @param {Client} ana @param {Client} ben */
async function talk(ana, ben) {
  const first = "The first tomatoes are ripe. Who wants some?";
  await post(ana, first, null);
  const seen = await find(ben, first);
  await post(ben, "Me! I can bring bread on Saturday.", seen);
  await ben.call("react", { post: seen, emoji: "🍅", on: true });
  const second =
    "This feed is on both our disks now. Switch the network off and it is still here.";
  await post(ben, second, null);
  await find(ana, second);
}

/** @param {Client} person @param {string} text @param {string | null} replyTo */
function post(person, text, replyTo) {
  return person.call("post", {
    text,
    audience: "contacts",
    replyTo,
    attachments: [],
  });
}

/** Waits for a post and answers with its reference. @param {Client} person @param {string} text @returns {Promise<string>} */
function find(person, text) {
  return person.until(
    "feed",
    FEED,
    (feed) =>
      feed.items.find((/** @type {any} */ item) => item.text === text)?.ref,
  );
}
