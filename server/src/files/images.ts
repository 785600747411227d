/**
 * Pictures are drawn anew: upright, in sRGB, at most 4,096 pixels long, and without anything but pixels. Place, camera,
 * thumbnails inside, comments and whatever was appended to the file stay behind.
 */
import sharp, { type Sharp } from 'sharp';
import { decodeHeic } from './heic.ts';
import { Refused } from './refused.ts';

/** A picture of more pixels is refused before it is unpacked: a small file can claim to be enormous. */
export const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 4_096;
const THUMB_SIDE = 320;

export interface DrawnImage {
  type: string;
  bytes: Buffer;
  /** JPEG, at most 320 pixels either way: cards are shown by clients that know no newer format. */
  thumb: Buffer;
}

/** Draws a picture file anew. Throws `Refused` when it is damaged or claims too many pixels. */
export async function redraw(path: string, type: string): Promise<DrawnImage> {
  const source = type === 'image/heic' ? await openHeic(path) : await openImage(path);
  try {
    const upright = source.autoOrient().resize({
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    });
    const kept = type === 'image/png' || type === 'image/webp' ? type : 'image/jpeg';
    const bytes = await encode(upright, kept).toBuffer();
    const thumb = await sharp(bytes)
      .resize({ width: THUMB_SIDE, height: THUMB_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 75 })
      .toBuffer();
    return { type: kept, bytes, thumb };
  } catch (error) {
    throw new Refused('照片已损坏，打不开', error);
  }
}

function encode(image: Sharp, type: string): Sharp {
  if (type === 'image/png') {
    return image.png();
  }
  return type === 'image/webp'
    ? image.webp({ quality: 85 })
    : image.flatten({ background: '#fff' }).jpeg({ quality: 85 });
}

async function openImage(path: string): Promise<Sharp> {
  // Looked at without the limit, so that "too many pixels" and "damaged" can be told apart; this decodes nothing.
  const facts = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw new Refused('照片已损坏，打不开', error);
    });
  if (facts.width * facts.height > MOST_PIXELS) {
    throw new Refused('照片的像素太多，请缩小后再传');
  }
  return sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
}

async function openHeic(path: string): Promise<Sharp> {
  const { width, height, rgba } = await decodeHeic(path, MOST_PIXELS);
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}
