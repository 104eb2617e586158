import type { Command } from "./command.ts";
import { accept } from "./commands/accept.ts";
import { doctor } from "./commands/doctor.ts";
import { get } from "./commands/get.ts";
import { invite } from "./commands/invite.ts";
import { keep } from "./commands/keep.ts";
import { keepers } from "./commands/keepers.ts";
import { list } from "./commands/list.ts";
import { post } from "./commands/post.ts";
import { read } from "./commands/read.ts";
import { serve } from "./commands/serve.ts";
import { share } from "./commands/share.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";

/** Every command, in the order of a first day. */
export const COMMANDS: readonly Command[] = [
  start,
  serve,
  keep,
  keepers,
  status,
  invite,
  accept,
  post,
  read,
  share,
  list,
  get,
  doctor,
];
