import { expect, test } from 'vitest';
import { fileName } from './download.ts';

test.each([
  ['From Orders/2', 'From Orders 2.yaml'],
  ['a<b>:"c"|?*\\d', 'a b c d.yaml'],
  ['../../etc/passwd', 'etc passwd.yaml'],
  ['.hidden', 'hidden.yaml'],
  ['con', 'con_.yaml'],
  ['NUL.report', 'NUL_.report.yaml'],
  ['console', 'console.yaml'],
  ['ends with a dot.', 'ends with a dot.yaml'],
  ['\u202egnp\0', 'gnp.yaml'],
  ['größe टेस्ट', 'größe टेस्ट.yaml'],
  ['***', 'file.yaml'],
  ['𝒳'.repeat(100), `${'𝒳'.repeat(60)}.yaml`],
])('%j is the file %j on any system', (name, file) => {
  expect(fileName(name, 'yaml')).toBe(file);
});
