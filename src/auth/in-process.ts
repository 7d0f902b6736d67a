import type { Env } from "../lib/env";
import type { Member } from "./credential";

/** No binding or setting has a symbol for a name, so no request from outside comes with this. */
const MADE_FOR = Symbol("made for");

/** The environment for a request that we make to ourselves, for a member whose credential was checked already. */
export const onBehalfOf = (env: Env, member: Member): Env => Object.assign(Object.create(env), { [MADE_FOR]: member });

/** Who a request of ours is made for. Undefined for requests from outside. */
export const madeFor = (env: Env & { [MADE_FOR]?: Member }) => env[MADE_FOR];
