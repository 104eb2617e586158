import type { DoctorReport } from "#core/contract/connection-models.ts";
import { peopleWords } from "./people.ts";
import { sizeWords } from "./size.ts";
import { plural } from "./time.ts";

/** One thing to do about a finding. */
export type DoctorRemedy =
  "use-network" | "use-internet" | "invite" | "by-address" | "room" | "helpers";

/** One link of the chain: how it stands, in one sentence, and one thing to do. */
export interface DoctorLine {
  readonly link: string;
  readonly verdict: "good" | "careful" | "bad";
  readonly words: string;
  readonly remedy: DoctorRemedy | null;
}

const MINUTE = 60_000;

function line(
  link: string,
  verdict: DoctorLine["verdict"],
  words: string,
  remedy: DoctorRemedy | null = null,
): DoctorLine {
  return { link, verdict, words, remedy };
}

/** The chain from this computer to friends, link by link. */
export function doctorLines(report: DoctorReport): readonly DoctorLine[] {
  return [
    computerLine(report.computer),
    networkLine(report.network),
    internetLine(report.internet),
    friendsLine(report.friends),
  ];
}

function computerLine(found: DoctorReport["computer"]): DoctorLine {
  const link = "This computer";
  switch (found.finding) {
    case "fine":
      return line(link, "good", "Clock and disk are fine.");
    case "clock-wrong": {
      const side = found.aheadMs > 0 ? "ahead of" : "behind";
      return line(
        link,
        "careful",
        `Its clock is ${spanWords(Math.abs(found.aheadMs))} ${side} those of your contacts. Set it in the settings of your computer.`,
      );
    }
    case "disk-low":
      return line(
        link,
        "careful",
        `Only ${sizeWords(found.freeBytes)} of the disk are free. Soon nothing more can be saved.`,
        "room",
      );
  }
}

function networkLine(found: DoctorReport["network"]): DoctorLine {
  const link = "Your network";
  switch (found.finding) {
    case "fine":
      return line(
        link,
        "good",
        found.heard === 0
          ? "It is there. No other computer with Commonplace was heard on it."
          : `It is there, with ${plural(found.heard, "other computer", "other computers")} that have Commonplace.`,
      );
    case "none":
      return line(
        link,
        "bad",
        "There is no network. Everything you do is saved here, and goes out later.",
      );
    case "paused":
      return line(
        link,
        "careful",
        "You asked for no network. Nothing is sent or fetched.",
        "use-network",
      );
    case "vpn":
      return line(
        link,
        "careful",
        "All traffic goes through a VPN that lets Commonplace through badly. Switch it off, or let Commonplace past it.",
      );
    case "firewall":
      return line(
        link,
        "careful",
        "Other computers are heard and none can be reached. A firewall may be in the way: allow Commonplace in it.",
        "by-address",
      );
  }
}

function internetLine(found: DoctorReport["internet"]): DoctorLine {
  const link = "Internet";
  switch (found.finding) {
    case "fine":
      return line(
        link,
        "good",
        found.reach === "open"
          ? "It is there, and others can reach you directly."
          : "It is there, and direct lines come about.",
      );
    case "off":
      return line(
        link,
        "careful",
        "You asked to stay on this network. Nothing goes out to the internet.",
        "use-internet",
      );
    case "not-yet":
      return line(
        link,
        "good",
        "Not looked at: nothing leaves this computer before your first invite.",
      );
    case "none":
      return line(
        link,
        "bad",
        "Nobody out there answers. People on your own network can still be reached.",
        "by-address",
      );
    case "captive":
      return line(
        link,
        "bad",
        "This network wants you to sign in first. Open any page in your browser and do that.",
      );
    case "udp-blocked":
      return line(
        link,
        "bad",
        "This network lets web pages through and little else. Meet on one network, or use another one, such as a phone's.",
        "by-address",
      );
    case "strict":
      return line(
        link,
        "careful",
        found.helpers.length > 0
          ? `Your network is strict. Where there is no direct line, ${peopleWords(found.helpers)} can help.`
          : "Your network is strict. People on another strict network can be reached only through a contact who helps, or in one room.",
        found.helpers.length > 0 ? null : "helpers",
      );
  }
}

function friendsLine(found: DoctorReport["friends"]): DoctorLine {
  const link = "Contacts";
  switch (found.finding) {
    case "fine":
      return line(
        link,
        "good",
        `Connected with ${peopleWords(found.connected, 4)}.`,
      );
    case "nobody-yet":
      return line(link, "careful", "You have met nobody yet.", "invite");
    case "away":
      return line(
        link,
        "careful",
        `Nothing is in the way on your side. ${peopleWords(found.people, 4)} ${found.people.length === 1 ? "is" : "are"} simply away. It goes on when they are back.`,
      );
    case "out-of-reach":
      return line(
        link,
        "bad",
        `${peopleWords(found.people, 4)} cannot be reached as things are. Nothing is lost.`,
      );
  }
}

function spanWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return plural(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? plural(hours, "hour")
    : plural(Math.round(hours / 24), "day");
}

/** An address of IPv4 or IPv6, with its port if it has one. */
const ADDRESS =
  /\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\w+)?(?:\]:\d+)?/gi;

/** The result as text to hand on: addresses blanked, whoever called themselves by one; no name but those shown. */
export function doctorText(report: DoctorReport): string {
  const signs = { good: "✓", careful: "!", bad: "✕" } as const;
  return doctorLines(report)
    .map(({ link, verdict, words }) => `${signs[verdict]} ${link}: ${words}`)
    .join("\n")
    .replaceAll(/[\u2066-\u2069]/gu, "")
    .replaceAll(ADDRESS, "…");
}
