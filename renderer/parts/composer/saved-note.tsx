import { useNow } from "#renderer/ui/clock.ts";
import { agoWords } from "#renderer/words/time.ts";

/** "Draft saved just now", quietly. */
export function SavedNote(props: { readonly savedAt: number | null }) {
  const now = useNow(20_000);
  return props.savedAt === null ? null : (
    <span>
      Draft saved {agoWords(props.savedAt, Math.max(now, props.savedAt))}
    </span>
  );
}
