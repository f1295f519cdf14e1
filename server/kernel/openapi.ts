/** How routes are told in OpenAPI: codecs by their wire form, refusals by their codes. */
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { FILES } from './route.ts';

type Transform = ReturnType<typeof createJsonSchemaTransform>;
type Described = Parameters<Transform>[0];

const toJson = createJsonSchemaTransform({
  zodToJsonConfig: {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const def = zodSchema._zod.def as { type: string; in?: z.ZodType; reverseTransform?: unknown };
      // A codec's other side is a bigint, a Date or a bare uuid: the outside sees its wire side only.
      if (def.type !== 'pipe' || !def.in || !def.reverseTransform) return;
      const { $schema: _, ...wire } = z.toJSONSchema(def.in, { io: 'input' });
      for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
      Object.assign(jsonSchema, wire);
    },
  },
});

const PROBLEM = {
  description: 'A problem document (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'code', 'title', 'status', 'money_moved'],
        properties: {
          type: { type: 'string' },
          code: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          instance: { type: 'string' },
          money_moved: { type: 'boolean' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              required: ['path', 'message'],
              properties: { path: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

/** The swagger plugin's `transform`. Routes outside /api (files, media, pages) are not part of the contract. */
export function describeRoute(document: Described): ReturnType<Transform> {
  const { url, schema } = document;
  if (!url.startsWith('/api/') || !schema || FILES in schema) return { schema: { ...schema, hide: true }, url };
  const described = toJson(document);
  const response = (described.schema as { response?: Record<string, unknown> }).response;
  if (response) response.default = PROBLEM;
  const { who, key } = (document.route.config ?? {}) as { who?: string; key?: string };
  // Who may ask, and whether an Idempotency-Key is needed: for readers, and for the test over every route.
  return { ...described, schema: Object.assign(described.schema ?? {}, { 'x-who': who, 'x-key': key ?? 'none' }) };
}
