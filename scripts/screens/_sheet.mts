import sharp from 'sharp';
const [out, h, ...files] = process.argv.slice(2);
const H = Number(h);
const imgs = await Promise.all(
  files.map(async (f) => {
    const b = await sharp(f).resize({ height: H }).png().toBuffer();
    const m = await sharp(b).metadata();
    return { b, w: m.width };
  }),
);
let x = 0;
const parts = imgs.map((i) => {
  const p = { input: i.b, left: x, top: 0 };
  x += i.w + 10;
  return p;
});
await sharp({ create: { width: x, height: H, channels: 3, background: '#f0f' } })
  .composite(parts)
  .png()
  .toFile(out);
