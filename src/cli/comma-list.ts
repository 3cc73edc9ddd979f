/** The parts of a list that was typed with commas, without blanks around them; empty parts are left out. */
export function commaList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
