import type {
  MadeInvite,
  OpenedInvite,
} from "#core/contract/contact-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { errorWords } from "./errors.ts";
import { peopleWords } from "./people.ts";
import { plural, untilWords } from "./time.ts";

export type InviteStage = "waiting" | "taken" | "expired" | "withdrawn";

/** Where an invite of mine stands. */
export function inviteStage(invite: MadeInvite, now: number): InviteStage {
  if (invite.takenBy.length >= invite.uses) return "taken";
  if (invite.withdrawn) return "withdrawn";
  return invite.expiresAt <= now ? "expired" : "waiting";
}

/** "Works once, for 6 more days", "Taken by Ana", "Ended", "Taken back". */
export function inviteWords(invite: MadeInvite, now: number): string {
  const taken = invite.takenBy.length;
  const takers =
    taken > 0 ? `Taken by ${peopleWords(invite.takenBy)}` : "Nobody took it";
  switch (inviteStage(invite, now)) {
    case "taken":
      return takers;
    case "withdrawn":
      return taken > 0 ? `Taken back. ${takers}` : "Taken back";
    case "expired":
      return `Ended. ${takers}`;
    case "waiting": {
      const left = invite.uses - taken;
      const works =
        left === 1
          ? "Works once"
          : `Works for ${plural(left, "person", "people")}`;
      const until = `${works}, for ${untilWords(invite.expiresAt, now)}`;
      return taken > 0 ? `${until}. ${takers}` : until;
    }
  }
}

/** Where an invite that I opened stands, in a sentence. */
export function openedWords(opened: OpenedInvite): string {
  const name = `\u2068${foreignLine(opened.name)}\u2069`;
  switch (opened.state.stage) {
    case "waiting":
      return `Your request waits for ${name}. It goes on by itself when ${name} is on; you need not stay.`;
    case "asked":
      return `Waiting for ${name} to say yes.`;
    case "done":
      return `You and ${name} are contacts now.`;
    case "refused": {
      const words = errorWords(opened.state.reason);
      return `${words.what} ${words.todo ?? ""}`.trim();
    }
  }
}
