import {
  File,
  FileArchive,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Folder,
} from "lucide-react";
import "./file-icon.css";

/** A drawn kind of file. For the eye: the name stands beside it. */
export function FileIcon(props: {
  /** A media type, or `folder`. */
  readonly mediaType: string;
}) {
  const { mediaType } = props;
  const Icon =
    mediaType === "folder"
      ? Folder
      : mediaType.startsWith("image/")
        ? FileImage
        : mediaType.startsWith("audio/")
          ? FileMusic
          : mediaType.startsWith("video/")
            ? FileVideo
            : /zip|tar|gzip|7z/u.test(mediaType)
              ? FileArchive
              : /sheet|csv/u.test(mediaType)
                ? FileSpreadsheet
                : /^text\/|pdf|document/u.test(mediaType)
                  ? FileText
                  : File;
  return (
    <span className="file-icon" aria-hidden>
      <Icon size={20} />
    </span>
  );
}
