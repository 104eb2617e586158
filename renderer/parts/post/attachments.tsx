import { useState } from "react";
import type { Attachment, Post } from "#core/contract/feed-models.ts";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { AttachedFile } from "./attached-file.tsx";
import { PictureTile } from "./picture-tile.tsx";
import "./attachments.css";

const SHOWN = 4;

function keyOf(one: Attachment): string {
  return one.root + one.name;
}

function nameOf(post: Post, picture: Attachment): string {
  return picture.alt === ""
    ? `Picture from ${foreignLine(post.author.name)}, no description`
    : foreignLine(picture.alt);
}

/** The pictures of a post as a small spread, and its files as rows. */
export function Attachments(props: { readonly post: Post }) {
  const { post } = props;
  const overlays = useOverlays();
  const open = ({ root, name }: Attachment) =>
    overlays.open({
      kind: "preview",
      subject: { kind: "post", post, root, name },
    });
  const [torn, setTorn] = useState<ReadonlySet<string>>(new Set());
  const pictures = post.attachments.filter(
    (one) =>
      previewKind(one.name, one.mediaType) === "picture" &&
      !torn.has(keyOf(one)),
  );
  const others = post.attachments.filter((one) => !pictures.includes(one));
  const [isAll, setAll] = useState(false);
  const shown = isAll ? pictures : pictures.slice(0, SHOWN);
  return (
    <div className="attachments">
      {pictures.length > 0 && (
        <div
          className={cx(
            "spread",
            `spread--${Math.min(shown.length, SHOWN)}`,
            isAll && "spread--all",
          )}
        >
          {shown.map((picture, place) => (
            <PictureTile
              key={keyOf(picture)}
              picture={picture}
              label={nameOf(post, picture)}
              onTorn={() =>
                setTorn((before) => new Set(before).add(keyOf(picture)))
              }
              more={!isAll && place === SHOWN - 1 ? pictures.length - SHOWN : 0}
              onOpen={() => {
                if (!isAll && place === SHOWN - 1 && pictures.length > SHOWN)
                  setAll(true);
                else open(picture);
              }}
            />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <ul className="attachments__files" aria-label="Attached files">
          {others.map((file) => (
            <li key={keyOf(file)}>
              <AttachedFile file={file} onOpen={() => open(file)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
