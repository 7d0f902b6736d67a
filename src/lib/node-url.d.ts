/** The only Node URL function that we use. All of @types/node would add globals that Workers do not have. */
declare module "node:url" {
  export function domainToUnicode(domain: string): string;
}
