import type { Flag, Grammar, Value } from './grammar';
import { taskIdsCommand } from './task-ids';

/** The completion for bash 3.2 and newer, to be sourced. */
export function bashScript({ places, flags }: Grammar): string {
  const valued = new Set(
    [...flags, ...places.flatMap((place) => place.flags)].filter(({ value }) => value).map(nameOf),
  );
  const commands = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const values = [
    ...places.flatMap(({ path, flags: own }) => own.map((flag) => ({ place: `'${path} ${flag.name}'`, flag }))),
    ...flags.map((flag) => ({ place: `*' ${flag.name}'`, flag })),
  ].filter(({ flag }) => flag.value);
  return `# Completion of holdfast for bash: source <(holdfast completion bash)
_holdfast() {
  local word before='' path='' current="\${COMP_WORDS[COMP_CWORD]}" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$before" in
      ${[...valued].join('|')}) before='' ; continue ;;
    esac
    before="$word"
    case "\${path:+$path }$word" in
      ${commands.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $before" in
${values.map(({ place, flag }) => `    ${place}) ${valueLine(flag.value!)} ; return ;;`).join('\n')}
  esac
  if [[ "$current" == -* ]]; then
    case "$path" in
${places.map((place) => `      '${place.path}') ${wordLine([...place.flags, ...flags].map(nameOf))} ;;`).join('\n')}
    esac
    return
  fi
  case "$path" in
${places
  .filter(({ commands: below, argument }) => below.length > 0 || argument)
  .map(({ path, commands: below, argument }) => {
    const line = below.length > 0 ? wordLine(below.map(({ name }) => name)) : valueLine(argument!);
    return `    '${path}') ${line} ;;`;
  })
  .join('\n')}
  esac
}
complete -F _holdfast holdfast
`;
}

function valueLine(value: Value): string {
  if (value === 'file') return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (value === 'task') return `COMPREPLY=($(compgen -W "$(${taskIdsCommand})" -- "$current"))`;
  return value === 'free' ? ':' : wordLine(value.words);
}

function wordLine(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"))`;
}

function nameOf({ name }: Flag): string {
  return name;
}
