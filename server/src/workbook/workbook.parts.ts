/** The parts of an .xlsx file around its rows (ECMA-376, SpreadsheetML), as text. */

import { heldText } from './formula.ts';

export type ColumnKind = 'text' | 'wrapped' | 'moment' | 'date' | 'count' | 'decimal' | 'percent';

export interface Column {
  head: string;
  /** In characters of the default font; a Chinese one takes two. */
  width: number;
  /** text by default. Moments and dates are given as epoch ms, a percentage as its share. */
  kind?: ColumnKind;
}

/** The place of each kind in the table of formats below; 0 is the default, 1 the header. */
export const FORMAT: Record<ColumnKind, number> = {
  text: 2,
  wrapped: 3,
  moment: 4,
  date: 5,
  count: 6,
  decimal: 7,
  percent: 8,
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Text inside an element or attribute. What XML 1.0 cannot hold is left out; `_x0041_` is not read as an escape. */
export function xmlText(text: string): string {
  return heldText(text)
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** A for 0, Z for 25, AA for 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** A sheet's name: at most 31 characters, none that Excel forbids. */
export const sheetName = (name: string): string => name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31) || '表';

/** What comes before a sheet's rows: the header stays in sight, and a print fits the paper's width. */
export function sheetHead(columns: readonly Column[]): string {
  const cols = columns
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const heads = columns
    .map(({ head }, i) => `<c r="${columnName(i)}1" s="1" t="inlineStr"><is><t>${xmlText(head)}</t></is></c>`)
    .join('');
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="18"/><cols>${cols}</cols><sheetData><row r="1" ht="22" customHeight="1">${heads}</row>`
  );
}

/** What comes behind `rows` rows, the header counted. */
export const sheetFoot = (columns: readonly Column[], rows: number): string =>
  `</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${rows}"/>` +
  '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
  '<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>';

/** The parts that name the sheets, by their path in the file. */
export function frame(
  sheets: readonly { name: string; columns: readonly Column[]; rows: number }[],
): [string, string][] {
  const numbered = sheets.map((sheet, i) => ({ ...sheet, n: i + 1 }));
  const range = (sheet: (typeof numbered)[number]): string =>
    `'${xmlText(sheet.name)}'!$A$1:$${columnName(sheet.columns.length - 1)}$${sheet.rows}`;
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${numbered
        .map(({ name, n }) => `<sheet name="${xmlText(name)}" sheetId="${n}" r:id="rId${n}"/>`)
        .join('')}</sheets><definedNames>${numbered
        .map(
          (sheet) =>
            `<definedName name="_xlnm._FilterDatabase" localSheetId="${sheet.n - 1}" hidden="1">${range(sheet)}</definedName>` +
            `<definedName name="_xlnm.Print_Titles" localSheetId="${sheet.n - 1}">'${xmlText(sheet.name)}'!$1:$1</definedName>`,
        )
        .join('')}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbered
        .map(
          ({ n }) =>
            `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        )
        .join('')}<Relationship Id="rId0" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${numbered
        .map(
          ({ n }) =>
            `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
        )
        .join('')}</Types>`,
    ],
  ];
}

const font = (more: string): string =>
  `<font>${more}<sz val="11"/><name val="Microsoft YaHei"/><family val="2"/><charset val="134"/></font>`;
const format = (numFmt: number, more = ''): string =>
  `<xf numFmtId="${numFmt}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">` +
  `<alignment vertical="top"${more}/></xf>`;

/** 49 is text: what looks like a formula stays text when the cell is edited. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="5">` +
  '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/>' +
  '<numFmt numFmtId="166" formatCode="#,##0"/><numFmt numFmtId="167" formatCode="0.0"/><numFmt numFmtId="168" formatCode="0.0%"/></numFmts>' +
  `<fonts count="2">${font('')}${font('<b/>')}</fonts>` +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEAF1FF"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
  '<border><left/><right/><top/><bottom style="thin"><color rgb="FFB8C4DA"/></bottom><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf>' +
  `${format(49)}${format(49, ' wrapText="1"')}${format(164, ' horizontal="left"')}${format(165, ' horizontal="left"')}${format(166)}${format(167)}${format(168)}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
