import type { Child } from "hono/jsx";

type Pictures = readonly (readonly [id: string, name: string, picture: Child])[];

const Sketch = ({ children }: { children: Child }) => (
  <svg viewBox="0 0 96 64" class="sketch" aria-hidden="true">
    <rect width="96" height="64" class="sketch-paper" />
    {children}
  </svg>
);

const page = <path d="M10 10h30M10 18h76M10 25h76M10 32h76M10 39h76M10 46h52" class="sketch-line" />;

export const placements: Pictures = [
  [
    "embed",
    "Embed",
    <Sketch>
      <path d="M10 10h30M10 56h52" class="sketch-line" />
      <rect x="10" y="18" width="76" height="30" rx="3" class="sketch-card" />
      <rect x="32" y="36" width="32" height="6" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "popup",
    "Popup",
    <Sketch>
      {page}
      <rect width="96" height="64" class="sketch-veil" />
      <rect x="28" y="12" width="40" height="38" rx="3" class="sketch-card" />
      <rect x="34" y="40" width="28" height="5" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "floating",
    "Floating button",
    <Sketch>
      {page}
      <rect x="58" y="14" width="30" height="32" rx="3" class="sketch-card" />
      <circle cx="82" cy="54" r="6" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "topbar",
    "Top bar",
    <Sketch>
      <path d="M10 24h30M10 32h76M10 39h76M10 46h76M10 53h52" class="sketch-line" />
      <rect width="96" height="13" class="sketch-accent" />
      <rect x="58" y="3.5" width="20" height="6" rx="3" class="sketch-card" />
    </Sketch>,
  ],
];

export const looks: Pictures = [
  [
    "1",
    "Card",
    <Sketch>
      <rect x="18" y="8" width="60" height="48" rx="4" class="sketch-card" />
      <path d="M18 24V12a4 4 0 0 1 4-4h52a4 4 0 0 1 4 4v12z" class="sketch-accent" />
      <path d="M26 34h20M52 34h18" class="sketch-line" />
      <rect x="26" y="43" width="44" height="6" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "2",
    "Plain",
    <Sketch>
      <rect x="18" y="8" width="60" height="48" rx="4" class="sketch-card" />
      <path d="M26 16h8" class="sketch-mark" />
      <path d="M26 24h36M26 33h20M52 33h18" class="sketch-line" />
      <rect x="26" y="43" width="44" height="6" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "3",
    "Split",
    <Sketch>
      <rect x="6" y="12" width="84" height="40" rx="4" class="sketch-card" />
      <path d="M44 12v40H10a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4z" class="sketch-accent" />
      <path d="M52 22h30M52 30h30" class="sketch-line" />
      <rect x="52" y="39" width="30" height="6" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
  [
    "4",
    "Bold",
    <Sketch>
      <rect x="14" y="6" width="68" height="52" rx="4" class="sketch-card" />
      <path d="M14 36V10a4 4 0 0 1 4-4h60a4 4 0 0 1 4 4v26z" class="sketch-accent" />
      <rect x="26" y="26" width="44" height="26" rx="3" class="sketch-card" />
      <path d="M32 34h32" class="sketch-line" />
      <rect x="32" y="42" width="32" height="5" rx="2" class="sketch-accent" />
    </Sketch>,
  ],
];
