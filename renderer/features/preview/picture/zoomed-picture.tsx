import { useRef, useState } from "react";
import { Maximize, Minus, Plus } from "lucide-react";
import { cx } from "#renderer/ui/class-names.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { usePreviewKeys } from "#renderer/features/preview/preview-keys.ts";
import { Tools } from "#renderer/features/preview/tools.tsx";
import { useZoom } from "./use-zoom.ts";
import type { Extent } from "./zoom.ts";

/** A picture that can be looked at closely. It is drawn by the browser, turned as its camera was held. */
export function ZoomedPicture(props: {
  readonly address: string;
  readonly alt: string;
  /** For drawings without a size of their own. */
  readonly extent?: Extent;
  readonly onBroken: () => void;
}) {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Extent | null>(null);
  const zoom = useZoom(room, size);
  usePreviewKeys(zoom.key);
  const { scale, x, y } = zoom.zoom;
  const percent = Math.round(scale * 100);
  return (
    <>
      <div
        ref={room}
        className={cx("zoom", !zoom.isFitted && "zoom--moved")}
        onDoubleClick={zoom.toggle}
      >
        <img
          className={cx("zoom__picture", scale >= 3 && "zoom__picture--pixels")}
          src={props.address}
          alt={props.alt}
          draggable={false}
          style={
            size === null
              ? { visibility: "hidden" }
              : {
                  inlineSize: size.width,
                  blockSize: size.height,
                  transform: `translate(-50%, -50%) translate(${x}px, ${y}px) scale(${scale})`,
                }
          }
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize(
              naturalWidth > 0 && naturalHeight > 0
                ? { width: naturalWidth, height: naturalHeight }
                : (props.extent ?? { width: 512, height: 512 }),
            )
          }
          onError={props.onBroken}
        />
      </div>
      <Tools label="Size">
        <IconButton
          icon={Minus}
          label="Smaller"
          keys="-"
          onPress={() => zoom.by(0.8)}
        />
        <button
          type="button"
          className="tools__figure"
          aria-label={`${String(percent)} %, show at 100 %`}
          onClick={zoom.full}
        >
          {percent} %
        </button>
        <IconButton
          icon={Plus}
          label="Larger"
          keys="+"
          onPress={() => zoom.by(1.25)}
        />
        <IconButton
          icon={Maximize}
          label="Fit in the window"
          keys="0"
          pressed={zoom.isFitted}
          onPress={zoom.fit}
        />
      </Tools>
    </>
  );
}
