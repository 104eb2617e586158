import { CollectionScreen } from "#renderer/features/files/collection-screen.tsx";
import { ConnectionScreen } from "#renderer/features/connection/connection-screen.tsx";
import { FilesScreen } from "#renderer/features/files/files-screen.tsx";
import { HomeScreen } from "#renderer/features/home/home-screen.tsx";
import { KeepersScreen } from "#renderer/features/keepers/keepers-screen.tsx";
import { LinkScreen } from "#renderer/features/link/link-screen.tsx";
import { PeopleScreen } from "#renderer/features/people/people-screen.tsx";
import { PersonScreen } from "#renderer/features/person/person-screen.tsx";
import { PostScreen } from "#renderer/features/post/post-screen.tsx";
import { RoomScreen } from "#renderer/features/room/room-screen.tsx";
import { SettingsScreen } from "#renderer/features/settings/settings-screen.tsx";
import { useRouter } from "#renderer/routing/router.tsx";

/** The screen of the place we are at. Another subject is another screen, so that nothing is carried over. */
export function Outlet() {
  const { route } = useRouter();
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "post":
      return <PostScreen key={route.post} post={route.post} />;
    case "keepers":
      return <KeepersScreen />;
    case "people":
      return <PeopleScreen />;
    case "person":
      return <PersonScreen key={route.person} person={route.person} />;
    case "files":
      return <FilesScreen />;
    case "collection":
      return (
        <CollectionScreen
          key={`${route.collection}/${route.folder}`}
          collection={route.collection}
          folder={route.folder}
        />
      );
    case "room":
      return <RoomScreen />;
    case "settings":
      return <SettingsScreen />;
    case "connection":
      return <ConnectionScreen />;
    case "link":
      return <LinkScreen key={route.link} link={route.link} />;
  }
}
