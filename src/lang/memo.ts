/** What was answered about each subject, by question; of a question with a key, by key. */
const answers = new WeakMap<object, Map<unknown, Map<unknown, unknown>>>();

/**
 * Asks a question about a subject once: the answer is kept as long as the subject lives. The question is known by its identity, so it must be a
 * function of a module, never a closure made at the call; what else it depends on is its `key`, compared by identity too.
 */
export function memo<Subject extends object, Answer>(subject: Subject, question: (subject: Subject) => Answer): Answer;
export function memo<Subject extends object, Key, Answer>(
  subject: Subject,
  question: (subject: Subject, key: Key) => Answer,
  key: Key,
): Answer;
export function memo<Subject extends object, Key, Answer>(
  subject: Subject,
  question: (subject: Subject, key: Key) => Answer,
  key?: Key,
): Answer {
  let ofSubject = answers.get(subject);
  if (ofSubject === undefined) answers.set(subject, (ofSubject = new Map<unknown, Map<unknown, unknown>>()));
  let byKey = ofSubject.get(question);
  if (byKey === undefined) ofSubject.set(question, (byKey = new Map<unknown, unknown>()));
  if (!byKey.has(key)) byKey.set(key, question(subject, key as Key));
  return byKey.get(key) as Answer;
}
