/** What one environment variable is: a row of the table in config.variables.ts. */
export type Group =
  | 'server'
  | 'database'
  | 'secrets'
  | 'sessions'
  | 'dingtalk'
  | 'zhezhengding'
  | 'files'
  | 'webhooks'
  | 'people';

export const GROUPS: Record<Group, string> = {
  server: 'Server',
  database: 'Database',
  secrets: 'Keys for personal data',
  sessions: 'Sessions and sign-on',
  dingtalk: 'Host: DingTalk (the defaults are those of the local messenger)',
  zhezhengding: 'Host: 浙政钉 (the defaults are those of the local messenger)',
  files: 'Files',
  webhooks: 'Webhooks',
  people: 'People',
};

export interface Variable {
  group: Group;
  /** One line; what it does, with its unit. */
  doc: string;
  /** Its value in development when unset. */
  development: string;
  /** Its value in production when unset; `null` means it must be set there. Same as development when absent. */
  production?: string | null;
  /** A public value of the demo, which production refuses. */
  demo?: boolean;
}

/** A row of the table. */
export const variable = (
  group: Group,
  doc: string,
  development: string,
  more: Partial<Variable> = {},
): Variable => ({
  group,
  doc,
  development,
  ...more,
});

/** Another default in production; null: must be set there. */
export const inProduction = (production: string | null): Partial<Variable> => ({ production });
/** A public value of the demo, which production refuses. */
export const demoOnly: Partial<Variable> = { production: null, demo: true };
