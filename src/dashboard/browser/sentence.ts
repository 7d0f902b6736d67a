import { ruleSentence } from "./rule-sentence";

/** Says what a rule's form means, as it is filled in. */
export function enhanceSentences(root: ParentNode) {
  for (const said of root.querySelectorAll<HTMLOutputElement>("output[data-sentence]")) {
    const { form } = said;
    form?.addEventListener("input", () => {
      const typed = new FormData(form);
      said.textContent = ruleSentence((name) => String(typed.get(name) ?? "").trim());
    });
  }
}
