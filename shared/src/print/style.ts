/** How 办理单 looks on A4: black reads alone, whatever the printer; it keeps its colours where the app is dark. */
import type { CasePrint } from '../contract/output.ts';
import { cssString } from './markup.ts';

const SHEET = `
.a4 { color: #16202e; background: #fff; font: 14px/1.6 "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; font-variant-numeric: tabular-nums; text-align: left; overflow-wrap: anywhere; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.a4 h1, .a4 h2, .a4 p, .a4 figure { margin: 0; padding: 0; font-size: inherit; }
.a4 .a4-head { display: flex; justify-content: space-between; align-items: flex-start; }
.a4 .a4-head > div:first-child { flex: 1; min-width: 0; padding-right: 24px; }
.a4 .a4-kind, .a4-note, .a4 figcaption, .a4 small, .a4 th { color: #55627a; }
.a4 h1 { font-size: 24px; line-height: 1.4; font-weight: 600; }
.a4 .a4-say { font-size: 16px; margin-top: 4px; }
.a4 .a4-code { flex: none; text-align: center; font-size: 12px; color: #55627a; }
.a4 .a4-code svg { display: block; width: 80px; height: 80px; margin: 0 auto 2px; }
.a4 .a4-code path { stroke: none; }
.a4 table { width: 100%; border-collapse: collapse; }
.a4 th, .a4 td { padding: 6px 8px; text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid #d5dbe6; }
.a4 thead th { font-size: 12px; }
.a4 tr, .a4 figure { break-inside: avoid; page-break-inside: avoid; }
.a4 .a4-facts { margin-top: 16px; }
.a4 .a4-facts th, .a4 .a4-facts td { border: 1px solid #d5dbe6; padding: 5px 10px; width: 37%; }
.a4 .a4-facts th { width: 13%; background: #f4f6fa; white-space: nowrap; }
.a4 .a4-facts b { white-space: nowrap; margin-left: 6px; }
.a4 h2 { font-size: 16px; font-weight: 600; margin: 20px 0 6px; break-after: avoid; page-break-after: avoid; }
.a4 .a4-text { line-height: 1.75; white-space: pre-wrap; orphans: 3; widows: 3; }
.a4 .a4-text + .a4-text { margin-top: 6px; }
.a4 .a4-original { margin-top: 8px; padding-left: 12px; border-left: 2px solid #c9d1de; font-size: 12px; line-height: 1.7; color: #55627a; white-space: pre-wrap; }
.a4 .a4-photos { display: grid; grid-template-columns: repeat(3, 1fr); grid-gap: 14px; }
.a4 .a4-photos img { display: block; width: 100%; height: 150px; object-fit: contain; background: #f4f6fa; border-radius: 4px; }
.a4 figcaption, .a4 small { font-size: 12px; line-height: 1.4; }
.a4 figcaption { margin-top: 4px; }
.a4 small { display: block; }
.a4 .a4-by { text-align: right; margin-top: 4px; }
.a4 b { font-weight: 600; }
.a4-nw { white-space: nowrap; }
.a4 .a4-history td:nth-child(1) { width: 32px; color: #55627a; }
.a4 .a4-history td:nth-child(2) { width: 136px; color: #55627a; }
.a4 .a4-history td:nth-child(3) { width: 150px; }
.a4 .a4-history td { white-space: pre-wrap; }
.a4 .a4-stages td:last-child { width: 28%; vertical-align: middle; }
.a4 .a4-bar { display: block; height: 8px; background: #eef1f6; border-radius: 4px; }
.a4 .a4-bar i { display: block; height: 8px; background: #16202e; border-radius: 4px; }
.a4 .a4-sign { display: grid; grid-template-columns: repeat(3, 1fr); grid-gap: 20px; margin-top: 56px; break-inside: avoid; page-break-inside: avoid; }
.a4 .a4-sign div { border-top: 1px solid #16202e; padding-top: 6px; font-size: 12px; color: #55627a; }
.a4 .a4-note { margin-top: 24px; padding-top: 8px; border-top: 1px solid #c9d1de; font-size: 12px; }
`;

const MARGINS = 'font: 12px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #55627a;';

/** The sheet's style. Browsers that know page margins repeat owner, number and page on every sheet. */
export const printStyle = (
  print: Pick<CasePrint, 'owner' | 'number' | 'printed' | 'check'>,
): string => `${SHEET}
@page { size: A4; margin: 20mm 17mm 18mm;
  @top-left { content: ${cssString(print.owner)}; ${MARGINS} }
  @top-right { content: ${cssString(print.number)}; ${MARGINS} }
  @bottom-left { content: ${cssString(print.printed)}; ${MARGINS} }
  @bottom-center { content: ${cssString(`记录校验码 ${print.check}`)}; ${MARGINS} }
  @bottom-right { content: ${cssString('第 ')} counter(page) ${cssString(' 页，共 ')} counter(pages) ${cssString(' 页')}; ${MARGINS} }
}`;
