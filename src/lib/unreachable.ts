/**
 * Whether Cloudflare answered in place of a server that it could not reach: a Worker's fetch gets 520 to 530 for a
 * refused connection, a broken handshake, or a name that does not resolve, where other runtimes throw. A server that
 * sends such a status itself cannot be told apart.
 */
export const isUnreachable = (status: number) => status >= 520 && status <= 530;
