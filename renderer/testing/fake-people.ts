import type { Contact } from "#core/contract/contact-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { fileRoot, personId } from "./fake-ids.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function label(name: string, picture = false): PersonLabel {
  return {
    person: personId(name),
    name,
    picture: picture
      ? {
          root: fileRoot(`portrait ${name}`),
          name: `portrait-${name}.svg`,
          size: 41_000,
          mediaType: "image/svg+xml",
        }
      : null,
    isMe: name === "Mira Holm",
  };
}

export const mira = label("Mira Holm");
export const ana = label("Ana Torres", true);
export const ben = label("Ben Okafor");
export const ingrid = { ...label("Ingrid Holm"), name: "Oma" };
export const yusuf = label("Yusuf Demir");
export const shira = label("שירה לוי");
export const kenji = label("Kenji");

/** The contacts of a person in her third week. */
export function fakeContacts(now: number): readonly Contact[] {
  return [
    {
      ...ana,
      ownName: "Ana Torres",
      nickname: null,
      presence: { stage: "connected", way: "direct" },
      metAt: now - 19 * DAY,
      lastPostAt: now - 6 * MINUTE,
    },
    {
      ...ben,
      ownName: "Ben Okafor",
      nickname: null,
      presence: { stage: "connected", way: "network" },
      metAt: now - 18 * DAY,
      lastPostAt: now - 2 * HOUR,
    },
    {
      ...ingrid,
      ownName: "Ingrid Holm",
      nickname: "Oma",
      presence: { stage: "seen", at: now - 20 * HOUR },
      metAt: now - 12 * DAY,
      lastPostAt: now - 22 * HOUR,
    },
    {
      ...yusuf,
      ownName: "Yusuf Demir",
      nickname: null,
      presence: { stage: "seen", at: now - 3 * DAY },
      metAt: now - 9 * DAY,
      lastPostAt: now - 2 * DAY,
    },
    {
      ...shira,
      ownName: "שירה לוי",
      nickname: null,
      presence: { stage: "connected", way: "direct" },
      metAt: now - 5 * DAY,
      lastPostAt: now - 3 * DAY,
    },
    {
      ...kenji,
      ownName: "Kenji",
      nickname: null,
      presence: { stage: "unmet" },
      metAt: now - 1 * DAY,
      lastPostAt: null,
    },
  ];
}
