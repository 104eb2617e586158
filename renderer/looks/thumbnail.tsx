import { useEffect, useState } from "react";
import { Play } from "lucide-react";
import type { FileLook } from "#core/contract/look-models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { FileIcon } from "#renderer/parts/media/file-icon.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { createSmallPictures, type SmallPictures } from "./small-pictures.ts";
import "./thumbnail.css";

/** One set of small pictures for each shell: they outlive the rows that show them. */
const bySource = new WeakMap<object, SmallPictures>();

/**
 * How a file looks, small: its picture where somebody told of one, else its
 * kind. For the eye: the name stands beside it.
 */
export function Thumbnail(props: {
  readonly mediaType: string;
  readonly look: FileLook | null;
  readonly size: "row" | "tile";
}) {
  const { mediaType, look, size } = props;
  const address = useSmallPicture(look);
  return (
    <span className={cx("thumbnail", `thumbnail--${size}`)} aria-hidden>
      {address === null ? (
        <FileIcon mediaType={mediaType} />
      ) : (
        <img
          className="thumbnail__picture"
          src={address}
          alt=""
          draggable={false}
          decoding="async"
        />
      )}
      {address !== null && mediaType.startsWith("video/") && (
        <span className="thumbnail__film">
          <Play size={size === "row" ? 10 : 16} fill="currentColor" />
        </span>
      )}
    </span>
  );
}

function useSmallPicture(look: FileLook | null): string | null {
  const shell = useShell();
  const picture = look?.picture ?? null;
  const root = picture?.root ?? null;
  const [shown, setShown] = useState<{
    readonly root: string;
    readonly address: string | null;
  } | null>(null);

  useEffect(() => {
    if (picture === null) return;
    let isGone = false;
    picturesOf(shell)
      .find(picture)
      .then(
        (address) => {
          if (!isGone) setShown({ root: picture.root, address });
        },
        () => undefined,
      );
    return () => {
      isGone = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- equal roots are equal pictures
  }, [shell, root]);
  return shown?.root === root ? shown.address : null;
}

function picturesOf(shell: ReturnType<typeof useShell>): SmallPictures {
  const known = bySource.get(shell);
  if (known !== undefined) return known;
  const made = createSmallPictures(({ root }) => shell.fileUrl(root, ""));
  bySource.set(shell, made);
  return made;
}
