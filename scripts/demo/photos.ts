/** The demo's photos: small drawn scenes, one kind for each kind of matter, the same on every run. */
import sharp from 'sharp';

const WIDTH = 1200;
const HEIGHT = 900;

const rect = (x: number, y: number, w: number, h: number, fill: string, r = 0): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
const circle = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

const car = (x: number, y: number, colour: string): string =>
  rect(x, y, 190, 66, colour, 22) +
  rect(x + 36, y - 40, 112, 50, colour, 20) +
  rect(x + 50, y - 30, 84, 32, '#dbe9f6', 8) +
  circle(x + 46, y + 66, 22, '#2b3442') +
  circle(x + 146, y + 66, 22, '#2b3442');

const houses = (n: number): string =>
  Array.from({ length: 7 }, (_, i) => {
    const h = 150 + ((i * 73 + n * 41) % 160);
    const windows = Array.from({ length: 6 }, (__, k) =>
      rect(i * 176 + 40 + (k % 2) * 60, 430 - h + 30 + Math.floor(k / 2) * 48, 34, 26, '#eef4fa', 4),
    ).join('');
    return (
      rect(i * 176 + 8, 430 - h, 160, h, ['#b9c8d8', '#a9bccf', '#c8d3de'][(i + n) % 3] ?? '#b9c8d8') +
      windows
    );
  }).join('');

const tree = (x: number, y: number): string =>
  rect(x - 8, y, 16, 70, '#7a5b3f') + circle(x, y - 20, 56, '#5f9c63') + circle(x + 34, y + 6, 38, '#6fae72');

function road(n: number): string {
  const colours = ['#3f79c9', '#d9534f', '#e8a33d', '#ffffff', '#4f9d69', '#6b7686'];
  const lanes = [0, 1, 2].map((lane) =>
    Array.from({ length: 5 }, (_, i) =>
      car(-40 + i * 262 + lane * 70, 540 + lane * 120, colours[(i + lane * 2 + n) % 6] ?? '#3f79c9'),
    ).join(''),
  );
  const light =
    rect(1030, 190, 14, 330, '#55606e') +
    rect(1000, 150, 74, 190, '#2b3442', 14) +
    circle(1037, 190, 24, '#e5484d') +
    circle(1037, 246, 24, '#5a4a2a') +
    circle(1037, 302, 24, '#2d4a38');
  return rect(0, 430, WIDTH, 470, '#6c7683') + rect(0, 655, WIDTH, 8, '#e9edf2') + lanes.join('') + light;
}

const water = (n: number): string =>
  rect(0, 480, WIDTH, 420, '#8fb9d6') +
  Array.from({ length: 9 }, (_, i) =>
    rect(40 + ((i * 257 + n * 90) % 1050), 520 + i * 40, 170, 8, '#bcd7e8', 4),
  ).join('') +
  Array.from({ length: 13 }, (_, i) => rect(i * 96, 420, 12, 74, '#8a939f')).join('') +
  rect(0, 430, WIDTH, 12, '#8a939f') +
  tree(180, 380) +
  tree(900, 372);

const hall = (n: number): string =>
  rect(0, 0, WIDTH, HEIGHT, '#eef1f5') +
  rect(0, 620, WIDTH, 280, '#d5dbe3') +
  rect(90, 300, 1020, 330, '#c3ccd8', 18) +
  Array.from({ length: 4 }, (_, i) => rect(130 + i * 250, 340, 200, 150, '#f7f9fb', 12)).join('') +
  Array.from(
    { length: 6 },
    (_, i) =>
      circle(150 + i * 180 + (n % 3) * 20, 640, 44, ['#d8a47f', '#c98f6b', '#e0b594'][i % 3] ?? '#d8a47f') +
      rect(
        105 + i * 180 + (n % 3) * 20,
        684,
        92,
        180,
        ['#4a6fa5', '#7d8794', '#9b5d5d'][(i + n) % 3] ?? '#4a6fa5',
        30,
      ),
  ).join('');

const yard = (n: number): string =>
  rect(0, 430, WIDTH, 470, '#bfc6cd') +
  tree(150, 400) +
  tree(1050, 410) +
  rect(380, 520, 440, 260, '#8d97a3', 14) +
  circle(600, 650, 96, '#59626d') +
  circle(600, 650, 74, '#6c7682') +
  rect(560 + (n % 4) * 10, 640, 80, 16, '#4c545e', 6);

const SCENES: Record<string, (n: number) => string> = {
  traffic: road,
  education: road,
  environment: water,
  rural: water,
  utilities: yard,
  safety: yard,
  city: yard,
  housing: yard,
  health: hall,
  security: hall,
  service: hall,
  care: hall,
  enterprise: hall,
  culture: water,
};

/** @param nth which photo of the case; tells its scenes apart */
export function drawPhoto(category: string, nth: number): Promise<Buffer> {
  const scene = SCENES[category] ?? yard;
  const sky = ['#cfe3f4', '#dbe7ef', '#c6d9ea'][nth % 3] ?? '#cfe3f4';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${rect(0, 0, WIDTH, HEIGHT, sky)}${houses(nth)}${scene(nth)}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}
