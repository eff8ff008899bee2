import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { JsonSchemas } from './json-schema.testing.ts';
import { fileSchema } from './schema.ts';
import { stepsSchema } from './schema-steps.ts';

const FILE = path.join(import.meta.dirname, '../../../docs/scenario.schema.json');

test('the published schema is that by which scenarios are read', () => {
  const schemas = new JsonSchemas(new Map([[stepsSchema, 'steps']]));
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Shmscope scenario',
    description: 'What is started, sent and expected on a channel, and in which order: docs/scenarios.md.',
    ...schemas.of(fileSchema),
    $defs: { steps: schemas.of(stepsSchema, true) },
  };
  if (process.env.UPDATE_SCHEMA) writeFileSync(FILE, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});
