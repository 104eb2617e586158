import {
  CircleCheck,
  FolderUp,
  KeyRound,
  UserRoundPlus,
  X,
} from "lucide-react";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import "./get-going.css";

/** The three first steps. Leaves when all are done, or when it is closed. */
export function GetGoing() {
  const contacts = useCoreState("contacts", {});
  const invites = useCoreState("invites", {});
  const collections = useCoreState("collections", {});
  const { open } = useOverlays();
  const { go } = useRouter();
  const settings = useCoreState("settings", {});
  const act = useAct();
  if (
    contacts === undefined ||
    invites === undefined ||
    collections === undefined ||
    settings === undefined
  )
    return null;
  const steps = [
    {
      id: "invite",
      icon: UserRoundPlus,
      words: "Invite someone",
      hint: "Send a link, or show a picture to scan.",
      done: contacts.length > 0 || invites.made.length > 0,
      run: () => open({ kind: "invite" }),
    },
    {
      id: "share",
      icon: FolderUp,
      words: "Share a folder",
      hint: "It stays where it is. Others can take a copy.",
      done: collections.some((row) => row.mine),
      run: () => open({ kind: "share", folder: null }),
    },
    {
      id: "words",
      icon: KeyRound,
      words: "Save your recovery words",
      hint: "The only way to be you again if this computer is lost.",
      done: settings.wordsSaved,
      run: () => {
        go({ screen: "settings" });
        focusSoon("#settings-words", "top");
      },
    },
  ];
  const isPastFirstDay = steps[0]?.done === true && steps[1]?.done === true;
  if (settings.getGoingClosed || isPastFirstDay) return null;
  return (
    <section className="get-going" aria-labelledby="get-going-title">
      <header className="get-going__head">
        <h2 id="get-going-title">Get going</h2>
        <IconButton
          icon={X}
          size="small"
          label="Close these first steps"
          onPress={() => act("updateSettings", { getGoingClosed: true })}
        />
      </header>
      <ul>
        {steps.map(({ icon: Icon, ...step }) => (
          <li key={step.id} className="get-going__step">
            {step.done ? (
              <CircleCheck
                className="get-going__tick"
                size={20}
                aria-label="Done"
              />
            ) : (
              <Icon size={20} aria-hidden />
            )}
            <div className="get-going__words">
              <p>{step.words}</p>
              <p className="get-going__hint">{step.hint}</p>
            </div>
            {!step.done && (
              <Button size="small" onPress={step.run} label={step.words}>
                {step.id === "words"
                  ? "Save"
                  : step.id === "share"
                    ? "Share"
                    : "Invite"}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
