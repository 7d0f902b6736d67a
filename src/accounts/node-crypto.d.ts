/** The only function of Node's crypto that we use. All of @types/node would add globals that Workers do not have. */
declare module "node:crypto" {
  export function scrypt(
    password: string,
    salt: Uint8Array,
    length: number,
    options: { N: number; r: number; p: number; maxmem?: number },
    done: (error: Error | null, key: Uint8Array) => void,
  ): void;
}
