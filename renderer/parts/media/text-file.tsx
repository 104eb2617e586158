import { useEffect, useRef, useState } from "react";
import { foreignText } from "#renderer/ui/foreign-text.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";

/** Enough to read on a screen; more belongs in another app. */
const SHOWN_BYTES = 256 * 1024;

/** The beginning of a text file. */
export function TextFile(props: {
  readonly address: string;
  readonly onAway: () => void;
}) {
  const { address } = props;
  const away = useRef(props.onAway);
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      const answer = await fetch(address, {
        signal: stop.signal,
        headers: { range: `bytes=0-${SHOWN_BYTES - 1}` },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    };
    read().then(
      (read) => setText(foreignText(read.slice(0, SHOWN_BYTES))),
      () => {
        if (!stop.signal.aborted) away.current();
      },
    );
    return () => stop.abort();
  }, [address]);
  return text === null ? (
    <Skeleton shape="line" rows={3} />
  ) : (
    <pre className="viewer__text foreign" dir="auto">
      {text}
    </pre>
  );
}
