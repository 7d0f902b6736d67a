/** Red, green, blue, and opacity per pixel, one byte each. */
export type Picture = { width: number; height: number; pixels: Uint8Array };

/** Colors without opacity, three bytes per pixel. */
export type Sheet = { width: number; height: number; colors: Uint8Array };

/** The picture at another size. Each pixel is the average of what it covers, with colors weighted by opacity. */
export function scaled(picture: Picture, width: number, height: number): Picture {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha] = averageOf(picture, {
        left: (x * picture.width) / width,
        right: ((x + 1) * picture.width) / width,
        top: (y * picture.height) / height,
        bottom: ((y + 1) * picture.height) / height,
      });
      pixels.set([red, green, blue, alpha * 255].map(Math.round), (y * width + x) * 4);
    }
  return { width, height, pixels };
}

type Box = { left: number; right: number; top: number; bottom: number };

/** The average color of a part of the picture, and its opacity from 0 to 1. */
export function averageOf({ width, pixels }: Picture, { left, right, top, bottom }: Box) {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let y = Math.floor(top); y < bottom; y++)
    for (let x = Math.floor(left); x < right; x++) {
      const at = (y * width + x) * 4;
      const share = (Math.min(y + 1, bottom) - Math.max(y, top)) * (Math.min(x + 1, right) - Math.max(x, left));
      const weight = share * ((pixels[at + 3] ?? 0) / 255);
      red += weight * (pixels[at] ?? 0);
      green += weight * (pixels[at + 1] ?? 0);
      blue += weight * (pixels[at + 2] ?? 0);
      alpha += weight;
    }
  const whole = alpha || 1;
  return [red / whole, green / whole, blue / whole, alpha / ((right - left) * (bottom - top))] as const;
}

/** Draws the picture on the sheet. It must fit inside completely. */
export function lay(sheet: Sheet, { width, height, pixels }: Picture, left: number, top: number) {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = ((top + y) * sheet.width + left + x) * 3;
      const alpha = (pixels[from + 3] ?? 0) / 255;
      for (let part = 0; part < 3; part++) {
        const below = sheet.colors[to + part] ?? 0;
        sheet.colors[to + part] = Math.round(below + ((pixels[from + part] ?? 0) - below) * alpha);
      }
    }
}
