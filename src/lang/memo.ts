/** What was answered about each subject, by question; of a question with a key, a map by key. */
const answers = new WeakMap<object, Map<unknown, unknown>>();

/**
 * Asks a question about a subject once: the answer is kept as long as the subject lives. The question is known by its identity, so it must be a
 * function of a module, never a closure made at the call; what else it depends on is its `key`, compared by identity too
 * and never undefined.
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
  if (ofSubject === undefined) answers.set(subject, (ofSubject = new Map<unknown, unknown>()));
  const known = ofSubject.get(question);
  if (key === undefined) {
    if (known !== undefined || ofSubject.has(question)) return known as Answer;
    const answer = question(subject, key as Key);
    ofSubject.set(question, answer);
    return answer;
  }
  let byKey = known as Map<Key, Answer> | undefined;
  if (byKey === undefined) ofSubject.set(question, (byKey = new Map<Key, Answer>()));
  let answer = byKey.get(key);
  if (answer === undefined && !byKey.has(key)) byKey.set(key, (answer = question(subject, key)));
  return answer as Answer;
}
