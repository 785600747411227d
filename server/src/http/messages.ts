/** What schemas say in Chinese where they have no words of their own. */
import { z } from 'zod';

const TYPE_WORDS: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
};

/** The message of one complaint; undefined leaves it to the schema's own. */
export function chineseMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? '请填写'
        : `应为${TYPE_WORDS[issue.expected] ?? '另一种格式'}`;
    case 'too_small':
      return issue.origin === 'string' ? `至少 ${issue.minimum} 个字` : `不能小于 ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `最多 ${issue.maximum} 个字` : `不能大于 ${issue.maximum}`;
    case 'invalid_value':
      return `应为其中之一：${issue.values.map(String).join('、')}`;
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`;
    case 'invalid_format':
      return issue.format === 'uuid' ? '编号格式不对' : '格式不对';
    default:
      return '内容不对';
  }
}

/** Makes them the words of every schema in this process; a schema's own words still come first. */
export function speakChinese(): void {
  z.config({ customError: chineseMessage });
}
