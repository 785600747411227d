/** Times as people read them, and the arithmetic of Asia/Shanghai under them. Light enough for the mini-app. */
export * from './duration.ts';
export * from './iso.ts';
export * from './moment.ts';
export * from './zone.ts';
