// Where a lesson's steps come from: the server, one by one, or the file that they stand in.

import { ask } from "../../base/ask.js";
import { unpack } from "../../base/unpack.js";

/** What the page was given. */
export function given() {
  const text = document.querySelector("#dl-told").textContent;
  return unpack(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}

/** {language, number, said, step(number, language): the promise of {lesson, step}} of a page that was served at one step. */
export function served({ lesson, step, said }) {
  const kept = new Map([[[step.number, lesson.language].join(), Promise.resolve({ lesson, step })]]);
  const told = async (number, language) => {
    const query = new URLSearchParams({ lesson: lesson.name, number, lang: language });
    const answer = await ask(`lessons/step?${query}`);
    if (!answer.ok) throw new Error(await answer.text());
    return unpack(new Uint8Array(await answer.arrayBuffer()));
  };
  const take = (number, language) => {
    const key = [number, language].join();
    if (!kept.has(key)) {
      const asked = told(number, language);
      kept.set(key, asked);
      asked.catch(() => kept.delete(key)); // it is asked for again
    }
    return kept.get(key);
  };
  return { language: lesson.language, number: step.number, said, live: true, step: take };
}

/** The same of a file that holds all; `home` is the program's address, where the file knows it. */
export function whole({ first, whole: languages, home }) {
  const step = async (number, language) => ({ lesson: languages[language].lesson, step: languages[language].steps[number] });
  return { language: first, number: 0, said: [], live: false, home, steps: languages[first].lesson.steps, step };
}
