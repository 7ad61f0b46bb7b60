/** What people write back. */
export type ReplyMood = 'yes' | 'no' | 'question' | 'stop' | 'wrong_number';

type Wordings = Record<ReplyMood, { first: readonly string[]; again: readonly string[] }>;

const english: Wordings = {
  yes: {
    first: [
      'Yes',
      'yes please',
      'Sure, call me',
      'YES!',
      'Sounds good 👍',
      'ok I’m interested',
      'Yep',
      'Yes, tomorrow works',
    ],
    again: ['Still interested, when can we talk?', 'Yes, any time after 5', 'Ok, talk soon'],
  },
  no: {
    first: [
      'No',
      'no thanks',
      'Not interested',
      'Nope',
      'No thank you, we already have someone',
      'not right now',
    ],
    again: ['I said no thanks', 'Still no', 'Not interested, sorry'],
  },
  question: {
    first: [
      'Who is this?',
      'How much does it cost?',
      'What is this about?',
      'How did you get my number?',
      'Can you send me more info?',
      'Do you work on weekends?',
    ],
    again: ['And how long does it take?', 'Is there a contract?', 'Can I get that in writing?'],
  },
  stop: {
    first: [
      'STOP',
      'Stop',
      'stop',
      'STOP.',
      'Unsubscribe',
      'UNSUBSCRIBE',
      'Cancel',
      'END',
      'quit',
      'Revoke',
      'OPT OUT',
    ],
    again: ['STOP'],
  },
  wrong_number: {
    first: [
      'Wrong number',
      'You have the wrong number',
      'wrong person sorry',
      'Sorry, no one here by that name',
    ],
    again: ['Wrong number'],
  },
};

/** An opt-out keyword stays English in a Spanish text: it is the one that the texts name. */
const spanish: Wordings = {
  yes: {
    first: ['Sí', 'si por favor', 'Claro, llámeme', '¡Sí, me interesa!'],
    again: ['Sigo interesado, ¿cuándo hablamos?', 'Sí, después de las 5'],
  },
  no: {
    first: ['No', 'No gracias', 'No me interesa', 'Ahora no'],
    again: ['Ya dije que no, gracias'],
  },
  question: {
    first: ['¿Quién es?', '¿Cuánto cuesta?', '¿De qué se trata?', '¿Hablan español?'],
    again: ['¿Y cuánto tarda?'],
  },
  stop: { first: ['STOP', 'Stop', 'stop'], again: ['STOP'] },
  wrong_number: { first: ['Número equivocado', 'Se equivocó de número'], again: ['Número equivocado'] },
};

/** The wordings of a mood; `turn` 0 is the first reply of a person, 1 the second. */
export function repliesBy(language: 'en' | 'es', mood: ReplyMood, turn: number): readonly string[] {
  const wordings = (language === 'es' ? spanish : english)[mood];
  return turn === 0 ? wordings.first : wordings.again;
}
