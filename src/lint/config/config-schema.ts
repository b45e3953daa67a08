import { MINORS } from '../../model/versions.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import type { OptionSpec } from '../rule/options.ts';
import type { Rule } from '../rule.ts';

const LEVELS = ['off', 'info', 'warning', 'error'];
const STRINGS: Json = { type: 'array', items: { type: 'string' } };
/** Only minors that there are data of: a version that is not known would be judged as another one. */
const VERSION_PATTERN = `^v?1\\.(${MINORS.join('|')})(\\.[0-9]+)?$`;

/**
 * The JSON Schema (draft 2020-12 keywords that draft 7 has as well) of a configuration that may name these rules: what editors
 * complete from, and what `checkConfig` holds a configuration to.
 */
export function configSchema(rules: readonly Rule[]): JsonObject {
  const properties: Record<string, Json> = {};
  for (const rule of rules) {
    for (const id of [rule.id, ...(rule.aliases ?? [])]) properties[id] = ruleSetting(rule);
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'k8sec configuration',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      rules: { type: 'object', additionalProperties: false, properties },
      settings: { $ref: '#/definitions/settings' },
      clusters: { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/definitions/cluster' } },
      context: STRINGS,
      ignore: STRINGS,
    },
    definitions: { level: { enum: LEVELS }, settings: settingsSchema(), cluster: clusterSchema() },
  };
}

function ruleSetting(rule: Rule): Json {
  const level: Json = { $ref: '#/definitions/level' };
  const options: Record<string, Json> = {};
  for (const [name, spec] of Object.entries(rule.options)) options[name] = optionSchema(spec);
  return {
    description: rule.summary,
    anyOf: [
      level,
      {
        type: 'array',
        minItems: 1,
        maxItems: 2,
        items: [level, { type: 'object', additionalProperties: false, properties: options }],
      },
    ],
  };
}

function optionSchema(spec: OptionSpec): Json {
  const { description } = spec;
  if (spec.type === 'strings')
    return { type: 'array', items: { type: 'string' }, default: [...spec.default], description };
  return { type: spec.type, default: spec.default, description };
}

function clusterSchema(): Json {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['files'],
    properties: { files: STRINGS, context: STRINGS, settings: { $ref: '#/definitions/settings' } },
  };
}

/** Mirrors `ClusterSettings`; a test holds the two equal. */
function settingsSchema(): Json {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      kubernetesVersion: {
        type: 'string',
        pattern: VERSION_PATTERN,
        description: 'the version of the API server: 1.24',
      },
      podSecurityPolicy: { type: 'boolean', description: 'whether the PodSecurityPolicy admission plugin is on' },
      admissionPlugins: {
        type: 'object',
        additionalProperties: { type: 'boolean' },
        description: 'admission plugins that are on or off: {"AlwaysPullImages": true}',
      },
      controllerCredentials: {
        type: 'boolean',
        description:
          'kube-controller-manager --use-service-account-credentials: whether each controller has its own account',
      },
      bootstrapRBAC: { type: 'boolean', description: 'whether the default roles and bindings exist' },
      creator: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'groups'],
        properties: { name: { type: 'string' }, groups: STRINGS },
        description: 'who applies the manifests',
      },
      complete: {
        type: 'boolean',
        description: 'whether the manifests tell of all that exists, so that what nobody declares does not',
      },
      featureGates: {
        type: 'object',
        additionalProperties: { type: 'boolean' },
        description: 'feature gates of the kube-apiserver that differ from their defaults',
      },
      podTemplates: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'custom kinds with a pod template: {"argoproj.io/Rollout": "spec.template"}',
      },
      assume: {
        type: 'object',
        additionalProperties: false,
        properties: {
          mutatedBy: {
            type: 'object',
            additionalProperties: { type: 'object' },
            description:
              'what a mutating webhook or policy adds to pods, by its name: {"sidecar.example.io": {"spec": {"hostNetwork": false}}}',
          },
        },
        description: 'what is taken for granted of those who decide beside the API server',
      },
      images: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          properties: {
            user: { type: ['string', 'integer'] },
          },
        },
        description: 'what is known of container images: {"nginx:1.*": {"user": 0}}',
      },
    },
  };
}
