import type { Child } from "hono/jsx";

const Sketch = ({ children }: { children: Child }) => (
  <svg viewBox="0 0 96 64" class="sketch" aria-hidden="true">
    <rect width="96" height="64" class="sketch-paper" />
    {children}
  </svg>
);

export const sketches: readonly (readonly [id: string, name: string, picture: Child])[] = [
  [
    "1",
    "Card",
    <Sketch>
      <rect width="96" height="46" class="sketch-soft" />
      <path d="M30 12h36M36 18h24" class="sketch-line" />
      <rect x="30" y="24" width="36" height="20" rx="3" class="sketch-card" />
      <rect x="35" y="37" width="26" height="4" rx="1" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "2",
    "Split",
    <Sketch>
      <rect width="46" height="64" class="sketch-soft" />
      <path d="M54 14h30M54 20h22" class="sketch-line" />
      <rect x="54" y="28" width="32" height="18" rx="3" class="sketch-card" />
      <rect x="58" y="40" width="24" height="4" rx="1" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "3",
    "Story",
    <Sketch>
      <path d="M10 14h40M10 20h32M10 34h36M10 40h36M10 46h30M10 52h34" class="sketch-line" />
      <rect x="60" y="12" width="28" height="26" rx="3" class="sketch-card" />
      <rect x="64" y="31" width="20" height="4" rx="1" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "4",
    "Poster",
    <Sketch>
      <rect width="96" height="50" class="sketch-accent" />
      <path d="M8 18h44M8 28h36" class="sketch-big" />
      <rect x="60" y="12" width="28" height="28" rx="3" class="sketch-card" />
    </Sketch>,
  ],
  [
    "5",
    "Receipt",
    <Sketch>
      <rect width="96" height="64" class="sketch-soft" />
      <path d="M32 6h32v52l-4-3-4 3-4-3-4 3-4-3-4 3-4-3-4 3z" class="sketch-card" />
      <path d="M37 14h22M37 22h22M37 28h22M37 34h14" class="sketch-line" />
      <rect x="37" y="40" width="22" height="4" rx="1" class="sketch-accent" />
    </Sketch>,
  ],
];
