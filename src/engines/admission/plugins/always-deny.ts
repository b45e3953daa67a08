import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin, PluginPass } from '../request/plugin.ts';

const refuse: PluginPass = (_cluster, attributes) => ({
  rejection: forbidden(attributes, 'admission control is denying all modifications'),
});

/** The plugin AlwaysDeny, which is there for tests. Mirrors plugin/pkg/admission/deny, v1.24. */
export const alwaysDeny: AdmissionPlugin = {
  name: 'AlwaysDeny',
  operations: ['CREATE', 'UPDATE'],
  admit: refuse,
  validate: refuse,
};
