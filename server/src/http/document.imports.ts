/** The paths of 批量导入 for the document: a spreadsheet comes and goes as bytes, which no generated endpoint does. */

const problem = {
  description: 'A problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const report = {
  description: 'What each row does, and what is wrong with which',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['summary', 'errors', 'rows', 'changing', 'same', 'plan', 'applied'],
        properties: {
          summary: { type: 'string' },
          errors: { type: 'array', items: { type: 'object' } },
          rows: { type: 'array', items: { type: 'object' } },
          changing: { type: 'integer' },
          same: { type: 'integer' },
          plan: { type: 'string', description: 'Send it back to write exactly what was shown' },
          applied: { type: 'boolean' },
        },
      },
    },
  },
};
const file = {
  required: true,
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};
const tags = ['admin'];

export const importPaths = {
  '/api/admin/imports/{template}': {
    get: {
      operationId: 'importTemplate',
      summary: 'A template to fill in',
      tags,
      parameters: [
        {
          name: 'template',
          in: 'path',
          required: true,
          schema: { type: 'string', enum: ['template.xlsx', 'units.csv', 'people.csv'] },
        },
      ],
      responses: {
        200: {
          description: 'The file',
          content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
        },
        default: problem,
      },
    },
  },
  '/api/admin/imports/check': {
    post: {
      operationId: 'checkImport',
      summary: 'What a spreadsheet of units, people and roles would do',
      description: '.xlsx or .csv, at most 4 MB and 5,000 rows. Nothing is written.',
      tags,
      requestBody: file,
      responses: { 200: report, default: problem },
    },
  },
  '/api/admin/imports/apply': {
    post: {
      operationId: 'applyImport',
      summary: 'Write a spreadsheet as it was shown',
      description: 'Refused (409) when it has errors, or would do something else than `plan` names.',
      tags,
      parameters: [
        { name: 'plan', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } },
      ],
      requestBody: file,
      responses: { 200: report, default: problem },
    },
  },
};
