import type { Flag, Grammar, Value } from './grammar';
import { taskIdsCommand } from './task-ids';

/** The completion for zsh: to be sourced after `compinit`, or put into a folder of `fpath` as `_holdfast`. */
export function zshScript({ places, flags }: Grammar): string {
  const valued = new Set([...flags, ...places.flatMap((place) => place.flags)].filter(({ value }) => value));
  const commands = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const values = [
    ...places.flatMap(({ path, flags: own }) => own.map((flag) => ({ place: `'${path} ${flag.name}'`, flag }))),
    ...flags.map((flag) => ({ place: `*' ${flag.name}'`, flag })),
  ].filter(({ flag }) => flag.value);
  return `#compdef holdfast
compdef _holdfast holdfast
# Completion of holdfast for zsh: source <(holdfast completion zsh)
_holdfast() {
  local word before='' place=''
  local -a found
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    case "$before" in
      ${[...new Set([...valued].map(({ name }) => name))].join('|')}) before='' ; continue ;;
    esac
    before="$word"
    case "\${place:+$place }$word" in
      ${commands.join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place $before" in
${values.map(({ place, flag }) => `    ${place}) ${valueLine(flag.value!)} ; return ;;`).join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    case "$place" in
${places.map((one) => `      '${one.path}') found=(${[...one.flags, ...flags].map(described).join(' ')}) ;;`).join('\n')}
    esac
    _describe 'flag' found
    return
  fi
  case "$place" in
${places
  .filter(({ commands: below, argument }) => below.length > 0 || argument)
  .map(({ path, commands: below, argument }) => {
    const line =
      below.length > 0 ? `found=(${below.map(described).join(' ')}) ; _describe 'command' found` : valueLine(argument!);
    return `    '${path}') ${line} ;;`;
  })
  .join('\n')}
  esac
}
# Not while it is sourced.
if [ "$funcstack[1]" = "_holdfast" ]; then
  _holdfast
fi
`;
}

function valueLine(value: Value): string {
  if (value === 'file') return '_files';
  if (value === 'task') return `compadd -- \${(f)"$(${taskIdsCommand})"}`;
  return value === 'free' ? ':' : `compadd -- ${value.words.join(' ')}`;
}

/** `'name:description'`, as _describe reads it. */
function described({ name, description }: Pick<Flag, 'name' | 'description'>): string {
  const text = `${name}:${description.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
