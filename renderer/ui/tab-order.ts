import { createContext } from "react";

/**
 * Whether Tab stops at the buttons in here. In a long list it stops only in the
 * row that holds the focus, or hundreds of stops would lie before what follows.
 */
export const TabOrder = createContext(true);
