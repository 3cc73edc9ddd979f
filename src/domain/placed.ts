import { Refusal } from './refusal';

/** The same refusal, saying which part of a request it is about: `mutations[3].create_task`. */
export function placed({ reason, message, details }: Refusal, part: string): Refusal {
  if (!details.fields) return new Refusal(reason, `${part}: ${message}`, details);
  const fields = details.fields.map(({ field, description }) => ({ field: `${part}.${field}`, description }));
  // The message of malformed fields begins with the first one's path.
  return new Refusal(reason, `${part}.${message}`, { ...details, fields });
}

/** Runs what decides a part of a request; its refusals say so. */
export function inPart<Result>(part: string, decide: () => Result): Result {
  try {
    return decide();
  } catch (error) {
    throw error instanceof Refusal ? placed(error, part) : error;
  }
}
