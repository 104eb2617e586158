import { Eye, RotateCcw } from "lucide-react";
import type { FileStage } from "#core/contract/collection-models.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FileVersion,
  FileVersions,
} from "#core/contract/version-models.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { awayKind } from "#renderer/words/file-copies.ts";
import { versionStateWords } from "#renderer/words/files.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import { versionWords } from "#renderer/words/versions.ts";
import { Ago } from "#renderer/ui/ago.tsx";

/** Every version of a file, newest first, with where its bytes are. */
export function VersionList(props: {
  readonly collection: SpaceId;
  readonly path: string;
  readonly versions: FileVersions;
  readonly isBusy: boolean;
  readonly onPutBack: (version: FileVersion) => void;
}) {
  const { versions } = props;
  const { open } = useOverlays();
  const now = useNow(30_000);
  const view = (version: FileVersion) => {
    const { content, person } = version;
    if (content === null) return;
    const { root, size, mediaType, changedAt, state } = content;
    open({
      kind: "preview",
      subject: {
        kind: "version",
        file: { root, name: versions.name, size, mediaType },
        from: person,
        changedAt,
        isHere: state.stage === "here",
        collection: props.collection,
        path: props.path,
      },
    });
  };
  return (
    <section className="version-list" aria-labelledby="version-list">
      <h3 className="version-list__title" id="version-list">
        All versions
      </h3>
      <ol className="version-list__rows">
        {versions.versions.map((version) => (
          <li key={version.version} className="version-list__row">
            <PersonPicture person={version.person} size={32} />
            <span className="version-list__words">
              <span className="version-list__who">
                <Foreign>
                  {version.person.isMe ? "You" : version.person.name}
                </Foreign>
                <span className="version-list__when">
                  <Ago at={version.at} />
                </span>
                {version.isStanding && (
                  <span className="version-list__now">Now</span>
                )}
              </span>
              <span className="version-list__facts">
                {version.content === null
                  ? "Removed the file"
                  : `${sizeWords(version.content.size)} · ${versionStateWords(version.content.state, now)}`}
              </span>
            </span>
            {version.content !== null && (
              <span className="version-list__actions">
                <Button
                  size="small"
                  kind="quiet"
                  icon={Eye}
                  disabled={isNowhere(version.content.state)}
                  label={`Open the version of ${versionWords(version, now)}`}
                  onPress={() => view(version)}
                >
                  Open
                </Button>
                {versions.mayWrite && !version.isStanding && (
                  <Button
                    size="small"
                    kind="quiet"
                    icon={RotateCcw}
                    disabled={props.isBusy}
                    label={`Put back the version of ${versionWords(version, now)}`}
                    onPress={() => props.onPutBack(version)}
                  >
                    Put back
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
      {versions.more > 0 && (
        <p className="version-list__note">
          {plural(versions.more, "earlier version")} not shown.
        </p>
      )}
      <p className="version-list__note">
        When a newer version takes the place of a file here, the earlier one is
        kept: all for 30 days, then one a day. A file you wrote over yourself is
        only where somebody else had it.
      </p>
    </section>
  );
}

/** Nobody is known to have it: opening it would only wait. */
function isNowhere(state: FileStage): boolean {
  return state.stage === "away" && awayKind(state) === "nobody";
}
