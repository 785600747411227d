/** How messages between two platforms are signed. `hmac-sha256`: a shared secret. `sm2-sm3`: 国密, each side its own key pair. */
export const SUITES = { 'hmac-sha256': 'HMAC-SHA256', 'sm2-sm3': 'SM2 / SM3' } as const;
export type Suite = keyof typeof SUITES;
