import { useMemo, useState } from "react";
import {
  Button as Press,
  Dialog,
  Modal,
  ModalOverlay,
} from "react-aria-components";
import { qrCode } from "./qr-code.ts";
import "./qr.css";

/** A link as a QR picture. Always dark on light, so that every reader sees it; pressed, it fills the window. */
export function Qr(props: { readonly text: string; readonly label: string }) {
  const [isLarge, setLarge] = useState(false);
  return (
    <>
      <Press
        className="qr"
        aria-label={`${props.label}. Enlarge`}
        onPress={() => setLarge(true)}
      >
        <Drawn text={props.text} />
      </Press>
      <ModalOverlay
        className="qr-cover"
        isOpen={isLarge}
        isDismissable
        onOpenChange={setLarge}
      >
        <Modal>
          <Dialog className="qr-large" aria-label={props.label}>
            <Press
              className="qr-large__code"
              aria-label="Make it small again"
              onPress={() => setLarge(false)}
            >
              <Drawn text={props.text} />
            </Press>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Drawn(props: { readonly text: string }) {
  const { size, path } = useMemo(() => {
    const code = qrCode(props.text);
    const parts: string[] = [];
    code.rows.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) parts.push(`M${x} ${y}h1v1h-1z`);
      });
    });
    return { size: code.size, path: parts.join("") };
  }, [props.text]);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className="qr__paper" />
      <path d={path} className="qr__ink" />
    </svg>
  );
}
