import type { Dialog } from "electron";

export interface GivenUpChoices {
  again(): void;
  quit(): void;
}

/** What happened, whether anything is lost, and one thing to do. */
function words(code: string | null): { message: string; detail: string } {
  return code === "store-busy"
    ? {
        message: "Commonplace is running already.",
        detail:
          "Another copy of it uses the same data. Close that one, then try again. Nothing was changed.",
      }
    : {
        message: "Commonplace has stopped several times.",
        detail:
          "Everything you saved is still on this computer. Try again; if it stops again, restart the computer.",
      };
}

/** A window that says that the core does not run, and asks what to do. */
export async function askAfterGivingUp(
  dialog: Pick<Dialog, "showMessageBox">,
  code: string | null,
  choices: GivenUpChoices,
): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: "error",
    title: "Commonplace",
    ...words(code),
    buttons: ["Try again", "Quit"],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) choices.again();
  else choices.quit();
}
