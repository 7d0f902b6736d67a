/**
 * Whether Cloudflare answered for a server that it could not reach. For a refused connection, a failed handshake, or a
 * name that does not resolve, a Worker's fetch returns 520 to 530, where other runtimes throw. This looks the same if
 * the server sends such a status itself.
 */
export const isUnreachable = (status: number) => status >= 520 && status <= 530;
