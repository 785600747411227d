/** The paths of files/ for the document: they stream bytes, which no generated endpoint does. */

const fileId = { name: 'fileId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const problem = {
  description: 'A problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const progress = {
  description: 'How far the upload has come',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['id', 'offset', 'state'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          offset: { type: 'integer', minimum: 0 },
          state: { type: 'string', enum: ['pending', 'processing', 'ready', 'refused'] },
          problem: { type: 'string' },
        },
      },
    },
  },
};
const bytes = {
  description: 'The bytes',
  content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
};
const tags = ['files'];

export const filePaths = {
  '/api/files': {
    post: {
      operationId: 'announceFile',
      summary: 'Announce a file',
      description: 'The client makes the id; announcing again answers how far the upload has come.',
      tags,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['id', 'name', 'bytes', 'type'],
              properties: {
                id: { type: 'string', format: 'uuid' },
                name: { type: 'string' },
                bytes: { type: 'integer', minimum: 1 },
                type: { type: 'string' },
              },
            },
          },
        },
      },
      responses: { 200: progress, default: problem },
    },
  },
  '/api/files/{fileId}': {
    patch: {
      operationId: 'appendToFile',
      summary: 'Append a chunk',
      description:
        'Answers 409 wrongOffset with the right `offset` when Upload-Offset is not where the file stands.',
      tags,
      parameters: [
        fileId,
        { name: 'Upload-Offset', in: 'header', required: true, schema: { type: 'integer', minimum: 0 } },
      ],
      requestBody: {
        required: true,
        content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: { 200: progress, default: problem },
    },
    get: {
      operationId: 'getFile',
      summary: 'Download a file',
      description: 'For whoever may see a case that names it, and for its uploader.',
      tags,
      parameters: [fileId],
      responses: { 200: bytes, default: problem },
    },
  },
  '/api/files/{fileId}/status': {
    get: {
      operationId: 'fileStatus',
      summary: 'How far an upload has come',
      tags,
      parameters: [fileId],
      responses: { 200: progress, default: problem },
    },
  },
  '/api/files/{fileId}/thumb': {
    get: {
      operationId: 'getThumbnail',
      summary: 'Thumbnail of an image',
      tags,
      parameters: [fileId],
      responses: { 200: bytes, default: problem },
    },
  },
};
