import { createContext, use } from "react";
import { Link } from "react-aria-components";
import { ArrowUpRight } from "lucide-react";
import { outsideAddress, outsideHost } from "./outside-address.ts";
import { foreignLine } from "./foreign-text.ts";
import "./outside-link.css";

/** Asks before an address is opened outside; the frame provides it. */
export const AskOutside = createContext<(address: string) => void>(() => {});

/** A link out of the app: says where it leads, and asks first. Nothing is fetched. */
export function OutsideLink(props: {
  readonly address: string;
  readonly children: string;
}) {
  const ask = use(AskOutside);
  const address = outsideAddress(props.address);
  if (address === null) return <>{foreignLine(props.children)}</>;
  const host = outsideHost(address);
  const says = foreignLine(props.children);
  const showsHost = says.includes(host);
  return (
    <Link className="link outside-link" onPress={() => ask(address)}>
      {says}
      {!showsHost && <span className="outside-link__host"> {host}</span>}
      <ArrowUpRight className="outside-link__mark" size={13} aria-hidden />
    </Link>
  );
}
