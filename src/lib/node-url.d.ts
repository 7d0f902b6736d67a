/** The one function of Node's URLs that we use. @types/node as a whole would add globals that Workers do not have. */
declare module "node:url" {
  export function domainToUnicode(domain: string): string;
}
