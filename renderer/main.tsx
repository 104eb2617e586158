import { createRoot } from "react-dom/client";
import { connectShell } from "#renderer/shell/connect.ts";
import { App } from "./app.tsx";
import { NoShell } from "./frame/no-shell.tsx";
import "./styles/base.css";

const place = document.querySelector("#app");
if (place === null) throw new Error("the page has no place for the app");
const root = createRoot(place);

connectShell().then(
  (shell) => root.render(<App shell={shell} />),
  () => root.render(<NoShell />),
);
