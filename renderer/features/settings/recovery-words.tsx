import { useEffect, useState } from "react";
import { Copy, Eye, EyeOff } from "lucide-react";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { after } from "#renderer/ui/clock.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { SettingsGroup } from "./settings-group.tsx";

/** Copied words stay on the clipboard this long at most. */
const CLEAR_MS = 60_000;

/** The words that bring a person back, shown only when asked for. */
export function RecoveryWords() {
  const [words, setWords] = useState<readonly string[] | null>(null);
  const show = useTask("showPhrase");
  const act = useAct();
  const toast = useToast();
  // Leaving the screen forgets them.
  useEffect(() => () => setWords(null), []);

  const copy = (all: readonly string[]) => {
    const text = all.join(" ");
    const failed = () =>
      toast({
        words: "They could not be copied. Write them down by hand.",
        tone: "danger",
      });
    navigator.clipboard.writeText(text).then(() => {
      toast({
        words:
          "Words copied. They are cleared from the clipboard after one minute.",
      });
      after(CLEAR_MS, () => {
        // Clearing needs the window in front; a refusal leaves the clipboard as it is.
        navigator.clipboard.writeText("").then(
          () => {},
          () => {},
        );
      });
    }, failed);
  };
  return (
    <SettingsGroup title="Recovery words" anchor="settings-words">
      <p>
        These 24 words bring back who you are if this computer is lost, and
        nothing else by themselves. You invite your contacts anew; posts and
        files come back from them as you meet again. Whoever has the words can
        act in your name. Write them on paper, and keep it where you keep
        important papers.
      </p>
      {words === null ? (
        <div>
          <Button
            icon={Eye}
            pending={show.pending}
            onPress={() => show.run({}, (shown) => setWords(shown.words))}
          >
            Show recovery words
          </Button>
        </div>
      ) : (
        <>
          <ol className="phrase" aria-label="Recovery words">
            {words.map((word, place) => (
              <li key={`${String(place)}-${word}`}>{word}</li>
            ))}
          </ol>
          <div className="phrase__go">
            <Button
              kind="primary"
              onPress={() => {
                act("updateSettings", { wordsSaved: true });
                setWords(null);
                toast({
                  words: "Good. You can look at them again at any time.",
                });
              }}
            >
              I have saved them
            </Button>
            <Button icon={Copy} onPress={() => copy(words)}>
              Copy
            </Button>
            <Button icon={EyeOff} onPress={() => setWords(null)}>
              Hide
            </Button>
          </div>
        </>
      )}
      <ErrorNotice error={show.error} />
    </SettingsGroup>
  );
}
