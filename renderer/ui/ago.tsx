import { agoWords, exactTime } from "#renderer/words/time.ts";
import { useNow } from "./clock.ts";

/** A time as people say it, exact on hover. */
export function Ago(props: { readonly at: number }) {
  const now = useNow(30_000);
  return (
    <time
      dateTime={new Date(props.at).toISOString()}
      title={exactTime(props.at)}
    >
      {agoWords(props.at, now)}
    </time>
  );
}
