// What happens in a lesson, for those of its parts that want to hear of it.

const listeners = { step: new Set(), answer: new Set() };

/** "step": a step is shown, listener(lesson, anew); "answer": its question is answered, listener(question, answer). Returns what ends it. */
export function onLesson(kind, listener) {
  listeners[kind].add(listener);
  return () => listeners[kind].delete(listener);
}

export function tellLesson(kind, ...told) {
  for (const listener of listeners[kind]) listener(...told);
}
