/** `docs/screens/README.md`: every picture on one page. */
import { PHONE_SHOTS, WIDE_SHOTS, type Shot } from './shots.ts';

export const LOOKS = [
  { name: 'light', label: '浅色', dark: false, large: false },
  { name: 'dark', label: '深色', dark: true, large: false },
  { name: 'large', label: '大字', dark: false, large: true },
] as const;

/** The page as Markdown; one row a screen. */
export function picturePage(): string {
  return `<!-- 由 npm run screens 生成 -->

# 界面

演示数据里的主要界面，浅色、深色、大字各一张。手机 375×812，电脑 1440×900。

## 手机

${table('phone', PHONE_SHOTS)}

## 电脑

${table('wide', WIDE_SHOTS)}
`;
}

function table(kind: string, shots: readonly Shot[]): string {
  const rows = shots.map(({ name, label }) => [
    label,
    ...LOOKS.map((look) => `![${label}，${look.label}](${kind}-${name}-${look.name}.png)`),
  ]);
  return [['', ...LOOKS.map(({ label }) => label)], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
