/** Access tokens as a workbook: whose they are and what they may; never their secrets. */
import type { AdminTokenPage } from '@minqing/shared/contract';
import { momentCell, part, type Book } from '../workbook/index.ts';

export const TOKEN_BOOK: Book<AdminTokenPage> = {
  name: '访问令牌',
  parts: [
    part('访问令牌', ({ items }) => items, [
      ['谁的', 14, (token) => token.person.name],
      ['职务', 22, (token) => token.person.title],
      ['名字', 24, (token) => token.name],
      ['权限', 36, (token) => token.scopes.map(({ label }) => label).join('、'), 'wrapped'],
      ['情况', 30, (token) => token.stateText],
      ['创建', 24, (token) => token.createdText],
      ['到期', 18, (token) => momentCell(token.expiresAt), 'moment'],
      ['上次使用', 18, (token) => momentCell(token.lastUsedAt), 'moment'],
      ['使用情况', 32, (token) => token.lastUsedText],
    ]),
  ],
};
