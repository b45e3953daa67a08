import { defineRule } from '../../src/lint/rule.ts';

/** Images that Portieris rejects, or admits without a signature. Mirrors pkg/policy and pkg/controller/multi of Portieris, v0.13. */
export const rule = defineRule({
  id: 'image/signature-not-covered',
  summary: 'Portieris image policies require a signature for every image',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['image', 'portieris'],
  restsOn: [
    { on: 'placement', inDoubt: 'drop' },
    { on: 'admission', inDoubt: 'drop' },
  ],
  scope: 'pod',
  needs: ['cluster', 'imagePolicies'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces where images may be unsigned',
    },
  },
  messages: {
    refused: 'Portieris rejects {pod}: no image policy that applies in namespace `{namespace}` matches `{image}`',
    unsigned: '{pod} can run an unsigned image `{image}`: entry `{repository}` of {policy} requires no signature',
  },
  when: ({ facts: { imagePolicies } }) => imagePolicies.inUse,
  *find(pod, { facts: { cluster, imagePolicies }, options }) {
    const { namespace } = pod;
    for (const { image, path } of cluster.imagesOf(pod)) {
      const at = pod.placeOf(path);
      const entry = imagePolicies.find(namespace, image);
      if (entry === undefined) {
        const hasOwn = imagePolicies.counting(namespace)[0]?.kind === 'ImagePolicy';
        yield { is: 'refused', at, pod, namespace, image, hasOwn };
      } else if (!entry.asksForSignature && !options.ignoreNamespaces.includes(namespace)) {
        const because = [{ object: entry.object, path: entry.path, sentence: 'the entry that decides' }];
        yield { is: 'unsigned', at, because, pod, image, entry };
      }
    }
  },
  say: {
    refused: ({ pod, namespace, image, hasOwn }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      namespace,
      image,
      hint: hasOwn
        ? 'add a matching repository to an ImagePolicy of the namespace; ClusterImagePolicies do not apply beside it'
        : 'add a matching repository to an image policy',
    }),
    unsigned: ({ pod, image, entry: { name, object } }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      image,
      repository: name,
      policy: `${object.kind} \`${object.name}\``,
      hint: 'enable `trust` in the entry, or require `signedBy`',
    }),
  },
});
