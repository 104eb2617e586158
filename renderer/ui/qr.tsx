import { useMemo } from "react";
import { encode } from "uqr";
import "./qr.css";

/** A link as a QR picture, drawn as elements. Always dark on light, so that every reader sees it. */
export function Qr(props: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(props.text, { ecc: "M", border: 3 });
    const parts: string[] = [];
    code.data.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) parts.push(`M${x} ${y}h1v1h-1z`);
      });
    });
    return { size: code.size, path: parts.join("") };
  }, [props.text]);
  return (
    <svg
      className="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className="qr__paper" />
      <path d={path} className="qr__ink" />
    </svg>
  );
}
