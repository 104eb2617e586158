import { createContext } from "react";

/** How much is unread, for the title of the window. */
export const UnreadCount = createContext(0);
