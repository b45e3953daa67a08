import { expect, test } from 'vitest';
import { isUnknownText } from './unknown-text.ts';

test.each([
  'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]',
  'ENC[Zm9v+/=]',
  '-----BEGIN AGE ENCRYPTED FILE-----\nabc\n',
  '${APP}',
  'example.com/${IMAGE}:1',
  '${CAPACITY:-5Gi}',
  '{{ .Values.a }}',
  "app == '{{ a }}'",
  '<path:secret/data/a#b>',
  '<NAME>',
  '<your domain>',
  '%{name}',
  '%NAME%',
  '@@name@@',
  '@name@',
  '__NAME__',
  '#{NAME}#',
  '[[ name ]]',
  '((name))',
  '$(NAME)',
  '$NAME',
  '$(cat pull-secret | base64 -w0)',
  'REPLACE_ME',
  'CHANGEME',
])('%s is not known', (text) => {
  expect(isUnknownText(text)).toBe(true);
});

test.each([
  '',
  'web',
  '100%',
  'a@b.example',
  '<none',
  "has(a) && (b == 'c')",
  '__main__',
  '$name',
  '$5',
  '^[A-Z]$',
  '$(cat /x)',
  'a $(HOME) b',
  '[::1]',
  'ENC',
  'user@',
])('%s is a value', (text) => {
  expect(isUnknownText(text)).toBe(false);
});
