import { CommandError, EXITS } from "./command-error.ts";
import type { Context } from "./command.ts";

/** Asks for a new password, twice. Never an option: the list of processes is for everybody to read (ID4). */
export async function newPassword(ask: Context["ask"]): Promise<string> {
  const first = await askPassword(ask, "New password: ");
  if (first !== (await askPassword(ask, "Once more: ")))
    throw new CommandError("These are not the same.", EXITS.refused);
  return first;
}

/** Asks for a password at the terminal, or reads it from what is piped in. */
export async function askPassword(
  ask: Context["ask"],
  question: string,
): Promise<string> {
  if (ask === null)
    throw new CommandError(
      "The data is locked with a password, and there is no terminal to ask at.",
      EXITS.unavailable,
    );
  return await ask(question);
}
