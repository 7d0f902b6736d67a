/** The package has types only for its index, whose 1,500 modules tests would load one by one. */
declare module "lucide/dist/esm/icons/*.mjs" {
  const icon: readonly (readonly [tag: string, attributes: Record<string, string | number>])[];
  // biome-ignore lint/style/noDefaultExport: it is the package's.
  export default icon;
}
