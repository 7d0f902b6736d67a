import { ruleSentence } from "./rule-sentence";

/** Describes a rule in a sentence while its form is filled in. */
export function enhanceSentences(root: ParentNode) {
  for (const said of root.querySelectorAll<HTMLOutputElement>("output[data-sentence]")) {
    const { form } = said;
    form?.addEventListener("input", () => {
      const typed = new FormData(form);
      said.textContent = ruleSentence((name) => String(typed.get(name) ?? "").trim());
    });
  }
}
