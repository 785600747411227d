/**
 * 办理单 as HTML, once: the mini-app shows it and prints it, the archive of a case holds it as a file. Every text in it is
 * escaped here.
 */
import type { CasePrint } from '../contract/output.ts';
import { html, type Markup } from './markup.ts';
import { printStyle } from './style.ts';

export { printStyle };

const NUMERALS = ['一', '二', '三', '四', '五', '六'];

/**
 * The sheet's body.
 * @param imageUrl where a photo is; '' leaves it out
 */
export function printBody(print: CasePrint, imageUrl: (fileId: string) => string): string {
  const { code, matter } = print;
  let section = 0;
  const heading = (text: string): Markup => html`<h2>${NUMERALS[section++] ?? ''}、${text}</h2>`;
  return html`<article class="a4" lang="zh-CN">
    <header class="a4-head">
      <div>
        <p class="a4-kind">社情民意办理单</p>
        <h1>${print.title}</h1>
        <p class="a4-say">${print.sentence}</p>
      </div>
      <div class="a4-code">
        <svg
          viewBox="0 0 ${code.size} ${code.size}"
          role="img"
          aria-label="二维码：这件民情的页面"
          shape-rendering="crispEdges"
        >
          <path fill="#16202e" d="${code.path}" /></svg
        >扫码看原件
      </div>
    </header>
    ${facts(print.facts)} ${heading(matter.edited ? '反映的情况（编辑稿）' : '反映的情况')}
    ${matter.parts.map(({ label, text }) => html`<p class="a4-text">${label ? html`<b>${label}</b>　` : null}${text}</p>`)}
    ${matter.original ? html`<p class="a4-original"><b>委员原文</b>　${matter.original}</p>` : null}
    ${print.photos.length + print.attachments.length > 0 ? html`${heading(print.photos.length > 0 ? '照片和附件' : '附件')}${photos(print, imageUrl)}` : null}
    ${heading('答复')}
    ${print.replies.length === 0 ? html`<p class="a4-text">还没有答复。</p>` : null}${print.replies.map(
      ({ label, text, by }) =>
        html`<p class="a4-text"><b>${label}</b>　${text}</p>
          <p class="a4-by">${by}</p>`,
    )}
    ${heading('评价')}
    ${print.ratings.length === 0 ? html`<p class="a4-text">还没有评价。</p>` : null}${print.ratings.map(
      ({ stars, label, text, by }) =>
        html`<p class="a4-text">${'★'.repeat(stars)}${'☆'.repeat(5 - stars)} <b>${label}</b>　${text}</p>
          <p class="a4-by">${by}</p>`,
    )}
    ${heading(`办理经过（共 ${print.history.length} 条，按时间先后，不删改）`)}
    <table class="a4-history">
      <thead>
        <tr>
          <th>序</th>
          <th>时间</th>
          <th>谁</th>
          <th>做了什么</th>
        </tr>
      </thead>
      <tbody>
        ${print.history.map(
          ({ at, who, unit, what }, i) =>
            html`<tr>
              <td>${i + 1}</td>
              <td>${at}</td>
              <td><b>${who}</b>${unit ? html`<small>${unit}</small>` : null}</td>
              <td>${what}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${heading('各环节用时（工作时间）')}
    <table class="a4-stages">
      <thead>
        <tr>
          <th>环节</th>
          <th>时限</th>
          <th>实际</th>
          <th>结果</th>
          <th>占时限</th>
        </tr>
      </thead>
      <tbody>
        ${print.stages.map(
          ({ label, limit, used, result, share }) =>
            html`<tr>
              <td>${label}</td>
              <td class="a4-nw">${limit}</td>
              <td class="a4-nw"><b>${used}</b></td>
              <td class="a4-nw">${result}</td>
              <td>
                <span class="a4-bar"><i style="width:${Math.round(share * 100)}%"></i></span>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <div class="a4-sign">${print.signatures.map((text) => html`<div>${text}</div>`)}</div>
    <p class="a4-note">${print.printed}　记录校验码 ${print.check}，扫码打开原件可核对</p>
  </article>`.text;
}

/** Two facts a row; a wide one has a row to itself. */
function facts(all: CasePrint['facts']): Markup {
  const rows: Markup[] = [];
  let open: CasePrint['facts'][number] | null = null;
  const cell = ({ label, value, mark }: CasePrint['facts'][number], wide: boolean): Markup =>
    html`<th scope="row">${label}</th><td${wide ? html` colspan="3"` : null}>${value}${mark ? html`<b>${mark}</b>` : null}</td>`;
  for (const fact of all) {
    if (fact.wide) {
      rows.push(
        html`<tr>
          ${cell(fact, true)}
        </tr>`,
      );
    } else if (open) {
      rows.push(
        html`<tr>
          ${cell(open, false)}${cell(fact, false)}
        </tr>`,
      );
      open = null;
    } else {
      open = fact;
    }
  }
  return html`<table class="a4-facts">
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function photos(print: CasePrint, imageUrl: (fileId: string) => string): Markup {
  const shown = print.photos.flatMap(({ fileId, caption }) => {
    const url = imageUrl(fileId);
    return url === ''
      ? []
      : [
          html`<figure>
            <img src="${url}" alt="${caption}" />
            <figcaption>${caption}</figcaption>
          </figure>`,
        ];
  });
  return html`<div class="a4-photos">${shown}</div>
    ${print.attachments.map(
      ({ name, detail }) => html`<p class="a4-text">${name}　<small>${detail}</small></p>`,
    )}`;
}

/** A page of its own for the archive: nothing in it is fetched from anywhere but beside it. */
export const printPage = (print: CasePrint, imageUrl: (fileId: string) => string): string =>
  `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${
    html`<title>${print.number} 社情民意办理单</title>`.text
  }<style>body{margin:0;background:#fff}.a4{max-width:666px;margin:0 auto;padding:32px}@media print{.a4{max-width:none;padding:0}}${printStyle(print)}</style></head><body>${printBody(print, imageUrl)}</body></html>\n`;
