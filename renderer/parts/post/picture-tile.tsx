import { useState } from "react";
import { ImageDown, ImageOff } from "lucide-react";
import { Button as Press } from "react-aria-components";
import { ATTACHMENT_PREFETCH_BYTES } from "#core/contract/limits.ts";
import type { Attachment } from "#core/contract/feed-models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { sizeWords } from "#renderer/words/size.ts";

/** One picture of a post. What is not here yet says so, and is fetched when pressed. */
export function PictureTile(props: {
  readonly picture: Attachment;
  readonly label: string;
  readonly more: number;
  readonly onOpen: () => void;
  /** It is here, and no picture after all. */
  readonly onTorn: () => void;
}) {
  const { picture } = props;
  const { fileUrl } = useShell();
  const [isAsked, setAsked] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  // What has come since is tried again.
  const isAway = hasFailed && !picture.here;
  const isDrawn = (picture.here || isAsked) && !isAway;
  if (!isDrawn) {
    const comesAlone = picture.size <= ATTACHMENT_PREFETCH_BYTES;
    return (
      <Press
        className="tile tile--away"
        onPress={() => {
          setFailed(false);
          setAsked(true);
        }}
      >
        {isAway ? (
          <ImageOff size={22} aria-hidden />
        ) : (
          <ImageDown size={22} aria-hidden />
        )}
        <span>
          {isAway
            ? "Nobody connected has this picture now"
            : comesAlone
              ? "Picture on its way"
              : `Show picture, ${sizeWords(picture.size)}`}
        </span>
      </Press>
    );
  }
  return (
    <Press className="tile" aria-label={props.label} onPress={props.onOpen}>
      <img
        src={fileUrl(picture.root, picture.name)}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => {
          if (picture.here) props.onTorn();
          else setFailed(true);
        }}
      />
      {props.more > 0 && <span className="tile__more">{props.more} more</span>}
    </Press>
  );
}
