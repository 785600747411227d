import { randomBytes, randomUUID } from 'node:crypto';
import type { Raw } from '../values.ts';

/** The gateway says no: the outer level of an answer. `pop` answers in the older gateway's words. */
export class GatewayRefusal extends Error {
  readonly code: string;
  readonly pop: boolean;

  constructor(code: string, message: string, pop = true) {
    super(message);
    this.name = 'GatewayRefusal';
    this.code = code;
    this.pop = pop;
  }
}

/** The business behind the gateway says no: the inner level. */
export class BusinessRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'BusinessRefusal';
    this.code = code;
  }
}

const requestId = (): string =>
  `${randomBytes(4).toString('hex')}${Date.now()}${randomBytes(4).toString('hex')}`;

/** The business's level with its result. */
export function businessAnswer(result: Raw): Raw {
  return {
    success: true,
    ...result,
    requestId: requestId(),
    responseMessage: 'OK',
    responseCode: '0',
    bizErrorCode: '0',
  };
}

/** A good answer. Message endpoints put the inner level in as text. */
export function goodAnswer(content: Raw | string): Raw {
  return { success: true, content, bizErrorCode: '0' };
}

/** The answer to a refusal of either level. */
export function refusalAnswer(error: GatewayRefusal | BusinessRefusal): Raw {
  if (error instanceof BusinessRefusal) {
    const { code, message } = error;
    const content = {
      success: false,
      requestId: requestId(),
      responseMessage: message,
      responseCode: code,
      bizErrorCode: code,
    };
    return { success: true, content, bizErrorCode: '0' };
  }
  return error.pop
    ? {
        Code: error.code,
        Message: error.message,
        _RequestId: randomUUID().toUpperCase(),
        bizErrorCode: error.code,
      }
    : { success: false, errorCode: error.code, errorMsg: error.message, bizErrorCode: error.code };
}
