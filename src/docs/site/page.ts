/** A page built from Markdown (scripts/docs-site.ts). `intro` and `text` are for search. */
export type DocsPage = {
  slug: string;
  name: string;
  title: string;
  summary: string;
  intro: string;
  html: string;
  markdown: string;
  sections: { title: string; anchor: string; depth: number; text: string }[];
};

export type DocsSite = {
  /** In reading order, including the pages that the Worker creates. */
  contents: { title: string; pages: { slug: string; name: string }[] }[];
  pages: DocsPage[];
};
