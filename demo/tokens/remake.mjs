// Compiles Tokens.sol anew: `npm install --no-save solc@0.8.37 && node demo/tokens/remake.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import solc from "solc";

const source = new URL("Tokens.sol", import.meta.url);
const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: "paris",
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["evm.bytecode.object", "evm.deployedBytecode.object"] } },
};
const sources = { "Tokens.sol": { content: readFileSync(source, "utf8") } };
const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
const contracts = Object.entries(output.contracts["Tokens.sol"]).filter(([, { evm }]) => evm.bytecode.object);
const bytes = Object.fromEntries(contracts.map(([name, { evm }]) => [name, `0x${evm.bytecode.object}`]));
writeFileSync(new URL("bytes.json", import.meta.url), `${JSON.stringify(bytes, null, 2)}\n`);
console.log(
  `The probe's code, for src/participants/wallet/probe.ts:\n0x${output.contracts["Tokens.sol"].Probe.evm.deployedBytecode.object}`,
);
