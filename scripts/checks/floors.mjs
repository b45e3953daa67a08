// The floors of the house, lowest first: a room imports only from rooms before it in its list. Each sentence says what may not be in the room, and is what
// the check of import directions prints. docs/architecture.md draws the same picture; floors.test.ts holds that no folder is missing here.

/** The rooms of src/. `browser` is the entry for browsers, below everything that needs Node. */
export const ROOMS = [
  [
    'text',
    'turns characters into positioned trees; it must not know what the characters are about, or it could not be compared with the real reader alone',
  ],
  ['lang', 'evaluates the small languages inside fields the same wherever they stand; it knows of no object'],
  ['model', 'describes one object at a time; a view must not depend on which other objects exist'],
  ['render', 'makes manifests of sources; it must not know what a cluster would do with them'],
  ['cluster', 'settles what exists; no decision is taken here, otherwise a verdict could change its own premises'],
  ['engines', 'answer what the server answers; whether that is good or bad is for rules to say'],
  ['lint', 'judges verdicts; a finding is data, and how it is shown is decided where it is shown'],
  [
    'ask',
    'answers questions with plain values, for the command line, the library and the browser alike; it reads no file and prints nothing',
  ],
  ['report', 'turns values into text; it reads nothing and decides nothing'],
  ['browser', 'is what runs in a browser, so it must not reach below the pure line'],
  ['node', 'finds and reads files for the command line and the library; it has no terminal'],
  ['cli', 'reads arguments and prints; it computes nothing that the library could not answer'],
];

/** Sub-rooms of the large rooms. '.' stands for the files that lie directly in the folder. */
export const FLOORS = {
  'src/text/yaml': [
    [
      'scan',
      'characters to tokens, each chunk a stream of its own with its own byte order mark; no grammar and no values',
    ],
    ['resolve', 'what a scalar means; no structure'],
    ['.', 'tokens to trees, and their failures'],
    [
      'nodes',
      'documents as texts and tags that a program can change, with their comments; nothing is decided about values',
    ],
  ],
  'src/render': [
    ['kustomize', 'what `kustomize build` makes of a directory; nothing is known of other directories'],
    ['entry-points', 'which directories of a tree are built, and what is left as it is written; nothing is changed'],
  ],
  'src/render/kustomize': [
    ['failure', 'why a build fails, and what it does without a word; nothing fails here'],
    ['data', 'generated tables; no code'],
    ['node', 'questions to documents, changes of them, and their text; no object and no kustomization'],
    ['resource', 'objects under way: their names now and before, and how they are selected; no file is known'],
    ['read', 'files, paths and places, and the fields of kustomizations; nothing is changed'],
    ['merge', 'strategic merge of two documents, by their schema; no choice of objects'],
    [
      'generate',
      'ConfigMaps and Secrets of files and literals, and the hash of their content; nothing else is changed',
    ],
    ['transform', 'one file per transformer; no order among them'],
    [
      'build',
      'the order of everything: kustomizations below, generators, transformers, and what is done once at the root',
    ],
    ['.', 'what a kustomization is rendered to'],
  ],
  'src/lang/cel': [
    ['types', 'types of values; no value and no expression'],
    ['values', 'values, how they compare, convert and are written; no expression'],
    ['syntax', 'text to trees, with macros expanded; nothing is looked up'],
    ['library', 'functions that expressions call; no tree'],
    ['check', 'what names mean and of which types nodes are; nothing is evaluated'],
    ['evaluate', 'programs and what they cost; nothing is parsed'],
    ['.', 'expressions compiled in the environment of a version of Kubernetes'],
    ['schema', 'the rules of schemas of custom kinds; no object and no CustomResourceDefinition'],
  ],
  'src/cluster': [
    ['data', 'generated tables; no code'],
    ['index', 'what a cluster is and how objects are found in it; nothing is derived from several objects'],
    ['defaults', 'what the server fills in; no validation'],
    ['validation', 'what the server refuses of one object; no look at other objects'],
    ['components', 'flags and files of the control plane and of nodes; no workloads'],
    ['pods', 'the pods that controllers make; nothing of what admission does to them'],
    ['stored', 'objects as the server stores them; no choice among several clusters'],
    ['load', 'manifests to clusters: identities and division; no decision of the server'],
  ],
  'src/engines/net': [
    ['form', 'the one form of policies, owners, packets and peers; nothing is read or decided'],
    [
      'criteria',
      'what a rule or peer can ask of a packet, one file each: in one packet, in sets, in cover, in doubt and as text; no policies and no walk',
    ],
    ['objects', 'manifests into that form, with what Kubernetes and Calico refuse; no look at other objects'],
    ['model', 'the network: everything in that form, indexed; no packet'],
    ['packet', 'one packet, decided; no sets'],
    ['sets', 'all packets at once, as sets; no questions of users'],
    ['words', 'reasons, steps and assumptions in sentences; nothing is decided'],
    ['ask', 'questions about flows and their verdicts; no comparison of several networks'],
    ['analyses', 'what follows from many verdicts: reachability of rules, exposure, differences'],
    ['laws', 'laws that hold across the floors, and the fixtures of their tests'],
  ],
  'src/engines/admission': [
    ['request', 'the request and the contract of a plugin; no plugin'],
    ['limits', 'the LimitRanger plugin'],
    ['quota', 'the ResourceQuota plugin'],
    ['service-account', 'the ServiceAccount plugin'],
    ['node', 'the NodeRestriction plugin'],
    ['policies', 'ValidatingAdmissionPolicies, which expressions decide; no look at the objects of a cluster'],
    ['validating', 'the policies of a cluster and what they ask of it, behind the one door to expressions'],
    ['others', 'who decides beside the API server, and about what; nothing of what they answer'],
    ['plugins', 'one file per plugin; a plugin knows of no other plugin'],
    ['.', 'the chain, and what becomes of the pods of a cluster'],
  ],
  'src/engines/psp': [
    ['strategies', 'one file per strategy of a policy, which both changes and validates; no choice among policies'],
    ['.', 'the choice among policies, and its verdict'],
    ['compare', 'how the pods that two policies admit relate'],
  ],
  'src/engines/migrate': [
    ['judging', 'one pod before policies and before a level; no search'],
    ['probing', 'trial pods that tell a policy from a level; nothing is proposed to users'],
    ['.', 'the differences, and the migration of a cluster'],
    ['testing', 'random pods for the tests'],
  ],
  'src/lint': [
    ['finding', 'what a finding is: its place, message, id and grounds; no rule'],
    ['sources', 'which documents are judged, and what kustomizations change; nothing is rendered'],
    ['knowledge', 'tables of products, ports and kinds, each line with its source; no logic'],
    ['words', 'names of pods and packets in sentences; nothing is looked up'],
    ['facts', 'questions that rules ask, answered by engines; nothing is simulated and no manifest is read here'],
    ['rule', 'what a rule is made of; no rule and no runner'],
    ['.', 'the rule API that rules import'],
    ['config', 'the configuration and the rules that it turns on; no file is read'],
    ['run', 'rules over clusters: doubt, levels, order and ids of findings; no rule is known by name'],
  ],
  'src/ask': [
    ['values', 'parts that answers share; no question'],
    ['pods', 'admission of pods as plain values'],
    ['net', 'traffic as plain values'],
    ['.', 'the questions of each area, and loading'],
  ],
};

/** Engines that may ask others; each one not named stands alone, since it is compared with its own real counterpart. */
export const ENGINES_THAT_ASK = {
  psp: { asks: ['rbac'], because: 'the real plugin asks the authorizer who may use a policy, and nobody else' },
  migrate: {
    asks: ['psp', 'psa', 'admission'],
    because:
      'a migration compares two plugins, over the pods that admission lets through now; none of them knows of it',
  },
  admission: {
    asks: ['rbac', 'psp', 'psa', 'start', 'scheduling'],
    because: 'the chain runs the other deciders in the order of the server',
  },
};
