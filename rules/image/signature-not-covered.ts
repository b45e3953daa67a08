import { defineCheckRule } from '../../src/lint/rule.ts';

/** Images that Portieris refuses, or lets run unsigned. Mirrors pkg/policy and pkg/controller/multi of Portieris, v0.13. */
export const rule = defineCheckRule({
  id: 'image/signature-not-covered',
  summary: 'Where image policies are in use, every image needs a signature',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['image', 'portieris'],
  scope: 'pod',
  needs: ['cluster', 'imagePolicies'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces where images without a signature are fine',
    },
  },
  messages: {
    refused: '{pod} will be refused by Portieris: no image policy that counts in `{namespace}` matches `{image}`',
    unsigned: '{pod} may run any image that is called `{image}`: `{repository}` of {policy} asks for no signature',
  },
  check(pod, { facts: { cluster, imagePolicies }, options, report }) {
    const { namespace } = pod;
    if (!imagePolicies.inUse || pod.creator.kind === 'kubelet' || cluster.isTransformed(pod.owner)) return;
    for (const { image, path } of cluster.imagesOf(pod)) {
      const entry = imagePolicies.find(namespace, image);
      const described = cluster.describe(pod);
      if (entry === undefined) {
        const [first] = imagePolicies.counting(namespace);
        const own =
          first?.kind === 'ImagePolicy'
            ? 'the ImagePolicies of the namespace count, those of the cluster do not: '
            : '';
        const hint = `${own}add a repository that matches it`;
        report(pod.placeOf(path), 'refused', { pod: described, namespace, image }, { hint });
      } else if (!entry.asksForSignature && !options.ignoreNamespaces.includes(namespace)) {
        report(
          pod.placeOf(path),
          'unsigned',
          { pod: described, image, repository: entry.name, policy: `${entry.object.kind} \`${entry.object.name}\`` },
          {
            because: [{ object: entry.object, path: entry.path, sentence: 'the entry that decides' }],
            hint: 'enable `trust`, or require `signedBy`, in its policy',
          },
        );
      }
    }
  },
});
