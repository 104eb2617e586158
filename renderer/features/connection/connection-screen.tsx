import { useRouter } from "#renderer/routing/router.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { AddressSection } from "./address-section.tsx";
import { DoctorSection } from "./doctor-section.tsx";
import { DrillSection } from "./drill-section.tsx";
import "./connection-screen.css";

/** How this computer stands with others, and what would work without the internet. */
export function ConnectionScreen() {
  const { back } = useRouter();
  return (
    <Screen title="Connection" onBack={back}>
      <div className="connection-screen">
        <DoctorSection />
        <DrillSection />
        <AddressSection />
      </div>
    </Screen>
  );
}
