import type { Env } from "../lib/env";
import type { Member } from "./credential";

/** A binding or setting cannot have a symbol as its name, so a request from outside can never carry this. */
const MADE_FOR = Symbol("made for");

/** The environment for an internal request on behalf of a member whose credential has already been checked. */
export const onBehalfOf = (env: Env, member: Member): Env => Object.assign(Object.create(env), { [MADE_FOR]: member });

/** The member of an internal request. Undefined for requests from outside. */
export const madeFor = (env: Env & { [MADE_FOR]?: Member }) => env[MADE_FOR];
