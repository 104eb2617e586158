import { OtherNotice } from "#renderer/features/preview/preview-notice.tsx";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";

export function PdfView(props: ViewProps) {
  return <OtherNotice {...props} />;
}
