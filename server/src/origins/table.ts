/** Where else the mini-app is served from, as a workbook. */
import type { HostOriginsList } from '@minqing/shared/contract';
import { momentCell, part, type Book } from '../workbook/index.ts';

export const ORIGIN_BOOK: Book<HostOriginsList> = {
  name: '前端来源',
  parts: [
    part(
      '前端来源',
      ({ items }) => items.flatMap((host) => host.origins.map((origin) => ({ host, origin }))),
      [
        ['平台', 14, ({ host }) => host.vendorLabel],
        ['组织', 30, ({ host }) => host.hostId],
        ['网址', 44, ({ origin }) => origin],
        ['上次改动', 18, ({ host }) => momentCell(host.changedAt), 'moment'],
      ],
    ),
  ],
};
