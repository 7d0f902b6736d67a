/** The Node zlib functions that we use. All of @types/node would add globals that Workers do not have. */
declare module "node:zlib" {
  export function deflateSync(bytes: Uint8Array, options?: { level?: number }): Uint8Array<ArrayBuffer>;
  export function inflateSync(bytes: Uint8Array, options?: { maxOutputLength?: number }): Uint8Array<ArrayBuffer>;
  export function crc32(bytes: Uint8Array, value?: number): number;
}
