import { Keyboard } from "lucide-react";
import { keyWords } from "#renderer/commands/keys.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { SettingsGroup } from "./settings-group.tsx";

const parts = [
  ["React and React Aria", "MIT, Apache 2.0"],
  ["Hypercore, HyperDHT and Corestore", "MIT, Apache 2.0"],
  ["Newsreader and Hanken Grotesk typefaces", "SIL Open Font License"],
  ["Lucide icons", "ISC"],
  ["SQLite (libSQL)", "MIT"],
] as const;

/** What this app is, and whose work is in it. */
export function AboutApp() {
  const { open } = useOverlays();
  return (
    <SettingsGroup title="About Commonplace">
      <p>
        One shared place for files and posts, held in full by the people who use
        it, with nobody in the middle. Free software under the GNU Affero
        General Public License, version 3 or later: you may use it, study it,
        change it and pass it on.
      </p>
      <dl className="licences">
        {parts.map(([name, licence]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{licence}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button icon={Keyboard} onPress={() => open({ kind: "keys" })}>
          List of keys ({keyWords("Mod+/")})
        </Button>
      </div>
    </SettingsGroup>
  );
}
