/** The type of a field in a file that kustomize decodes into a Go struct. */
export type FieldType =
  | 'string'
  | 'bool'
  | 'int'
  | 'any'
  | { readonly list: FieldType }
  | { readonly map: FieldType }
  | { readonly fields: Readonly<Record<string, FieldType>> };

const strings = { list: 'string' } as const;
const texts = { map: 'string' } as const;
const gvk = { group: 'string', version: 'string', kind: 'string' } as const;
const fieldSpec = { fields: { ...gvk, path: 'string', create: 'bool' } } as const;

const selector = {
  fields: { ...gvk, name: 'string', namespace: 'string', annotationSelector: 'string', labelSelector: 'string' },
} as const;

const options = {
  fields: { labels: texts, annotations: texts, disableNameSuffixHash: 'bool', immutable: 'bool' },
} as const;

const patch = {
  list: {
    fields: {
      path: 'string',
      patch: 'string',
      target: selector,
      options: { fields: { allowNameChange: 'bool', allowKindChange: 'bool' } },
    },
  },
} as const;

const fieldOptions = { fields: { delimiter: 'string', index: 'int', encoding: 'string', create: 'bool' } } as const;

const replacementFields = {
  source: { fields: { ...gvk, name: 'string', namespace: 'string', fieldPath: 'string', options: fieldOptions } },
  targets: {
    list: { fields: { select: selector, reject: { list: selector }, fieldPaths: strings, options: fieldOptions } },
  },
  sourceValue: 'string',
} as const;

/** One replacement of a file that `replacements[].path` names. */
export const REPLACEMENT: FieldType = { fields: replacementFields };

export const REPLACEMENTS: FieldType = { list: { fields: { ...replacementFields, path: 'string' } } };

const image = {
  fields: { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' },
} as const;

const generator = {
  namespace: 'string',
  name: 'string',
  behavior: 'string',
  literals: strings,
  files: strings,
  envs: strings,
  env: 'string',
  options,
} as const;

const metadata = { fields: { name: 'string', namespace: 'string', labels: texts, annotations: texts } } as const;

const helmChart = {
  fields: {
    name: 'string',
    version: 'string',
    repo: 'string',
    releaseName: 'string',
    namespace: 'string',
    additionalValuesFiles: strings,
    valuesFile: 'string',
    valuesInline: { map: 'any' },
    valuesMerge: 'string',
    includeCRDs: 'bool',
    skipHooks: 'bool',
    apiVersions: strings,
    kubeVersion: 'string',
    nameTemplate: 'string',
    skipTests: 'bool',
    debug: 'bool',
    devel: 'bool',
  },
} as const;

const helmInflation = {
  fields: {
    chartName: 'string',
    chartVersion: 'string',
    chartRepoUrl: 'string',
    chartHome: 'string',
    chartRepoName: 'string',
    helmBin: 'string',
    helmHome: 'string',
    values: 'string',
    valuesLocal: { map: 'any' },
    valuesMerge: 'string',
    releaseName: 'string',
    releaseNamespace: 'string',
    extraArgs: strings,
  },
} as const;

/** The fields of a kustomization file (mirrors kustomize api v0.21.2, types/kustomization.go). */
export const KUSTOMIZATION: FieldType = {
  fields: {
    kind: 'string',
    apiVersion: 'string',
    metadata,
    openapi: texts,
    namePrefix: 'string',
    nameSuffix: 'string',
    namespace: 'string',
    commonLabels: texts,
    labels: {
      list: {
        fields: {
          pairs: texts,
          includeSelectors: 'bool',
          includeTemplates: 'bool',
          includeVolumeClaimTemplates: 'bool',
          fields: { list: fieldSpec },
        },
      },
    },
    commonAnnotations: texts,
    patchesStrategicMerge: strings,
    patchesJson6902: patch,
    patches: patch,
    images: { list: image },
    imageTags: { list: image },
    replacements: REPLACEMENTS,
    replicas: { list: { fields: { name: 'string', count: 'int' } } },
    vars: {
      list: {
        fields: {
          name: 'string',
          objref: { fields: { apiVersion: 'string', ...gvk, name: 'string', namespace: 'string' } },
          fieldref: { fields: { fieldPath: 'string' } },
        },
      },
    },
    sortOptions: {
      fields: { order: 'string', legacySortOptions: { fields: { orderFirst: strings, orderLast: strings } } },
    },
    resources: strings,
    components: strings,
    crds: strings,
    bases: strings,
    configMapGenerator: { list: { fields: generator } },
    secretGenerator: { list: { fields: { ...generator, type: 'string' } } },
    helmGlobals: { fields: { chartHome: 'string', configHome: 'string' } },
    helmCharts: { list: helmChart },
    helmChartInflationGenerator: { list: helmInflation },
    generatorOptions: options,
    configurations: strings,
    generators: strings,
    transformers: strings,
    validators: strings,
    buildMetadata: strings,
  },
};

const nameReference = { list: { fields: { ...gvk, fieldSpecs: { list: fieldSpec } } } } as const;

/** The fields of a file of `configurations`. */
export const CONFIGURATION: FieldType = {
  fields: {
    namePrefix: { list: fieldSpec },
    nameSuffix: { list: fieldSpec },
    namespace: { list: fieldSpec },
    commonLabels: { list: fieldSpec },
    labels: { list: fieldSpec },
    templateLabels: { list: fieldSpec },
    volumeClaimTemplateLabels: { list: fieldSpec },
    commonAnnotations: { list: fieldSpec },
    nameReference,
    varReference: { list: fieldSpec },
    images: { list: fieldSpec },
    replicas: { list: fieldSpec },
  },
};

const specs = { fieldSpecs: { list: fieldSpec } } as const;

/** The configurations of the built-in plugins that `transformers:` and `generators:` can name, by kind. */
export const PLUGINS: Readonly<Record<string, FieldType>> = {
  AnnotationsTransformer: { fields: { annotations: texts, ...specs } },
  LabelTransformer: { fields: { labels: texts, ...specs } },
  NamespaceTransformer: { fields: { metadata, ...specs, unsetOnly: 'bool', setRoleBindingSubjects: 'string' } },
  PrefixTransformer: { fields: { prefix: 'string', ...specs } },
  SuffixTransformer: { fields: { suffix: 'string', ...specs } },
  PrefixSuffixTransformer: { fields: { prefix: 'string', suffix: 'string', ...specs } },
  ImageTagTransformer: { fields: { imageTag: image, ...specs } },
  ReplicaCountTransformer: { fields: { replica: { fields: { name: 'string', count: 'int' } }, ...specs } },
  PatchTransformer: patch.list,
  PatchJson6902Transformer: { fields: { target: selector, path: 'string', jsonOp: 'string' } },
  PatchStrategicMergeTransformer: { fields: { paths: strings, patches: 'string' } },
  ReplacementTransformer: { fields: { replacements: REPLACEMENTS } },
  ValueAddTransformer: {
    fields: {
      value: 'string',
      targets: { list: { fields: { selector, fieldPath: 'string', filePathPosition: 'int' } } },
      targetFilePath: 'string',
    },
  },
  HashTransformer: { fields: {} },
  ConfigMapGenerator: { fields: { metadata, ...generator } },
  SecretGenerator: { fields: { metadata, ...generator, type: 'string' } },
  IAMPolicyGenerator: {
    fields: {
      cloud: 'string',
      kubernetesService: { fields: { name: 'string', namespace: 'string' } },
      serviceAccount: { fields: { name: 'string', projectId: 'string' } },
    },
  },
};
