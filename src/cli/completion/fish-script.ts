import type { Flag, Grammar, Value } from './grammar';
import { taskIdsCommand } from './task-ids';

/** The completion for fish 3 and newer, to be sourced. */
export function fishScript({ places, flags }: Grammar): string {
  const valued = new Set(
    [...flags, ...places.flatMap((place) => place.flags)].filter(({ value }) => value).map(nameOf),
  );
  const commands = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const lines = places.flatMap(({ path, commands: below, flags: own, argument }) => {
    const here = `complete -c holdfast -n ${quoted(`__holdfast_at ${quoted(path)}`)}`;
    return [
      ...below.map(({ name, description }) => `${here} -a ${name} -d ${quoted(description)}`),
      ...own.map((flag) => `${here} ${flagPart(flag)}`),
      ...(below.length === 0 && argument ? [`${here} ${valuePart(argument, false)}`.trimEnd()] : []),
    ];
  });
  return `# Completion of holdfast for fish: holdfast completion fish | source
function __holdfast_place
    set -l place ''
    set -l before ''
    set -l typed (commandline -opc)
    for word in $typed[2..-1]
        if contains -- "$before" ${[...valued].join(' ')}
            set before ''
            continue
        end
        set before $word
        set -l next (string trim -- "$place $word")
        if contains -- "$next" ${commands.join(' ')}
            set place $next
        end
    end
    echo -- $place
end
function __holdfast_at
    set -l place (__holdfast_place)
    test "$place" = "$argv[1]"
end
complete -c holdfast -f
${flags.map((flag) => `complete -c holdfast ${flagPart(flag)}`).join('\n')}
${lines.join('\n')}
`;
}

function flagPart({ name, description, value }: Flag): string {
  const long = `-l ${name.replace(/^--/, '')} -d ${quoted(description)}`;
  return value === undefined ? long : `${long} ${valuePart(value, true)}`;
}

function valuePart(value: Value, required: boolean): string {
  if (value === 'file') return required ? '-r -F' : '-F';
  const only = required ? '-x ' : '';
  if (value === 'task') return `${only}-a ${quoted(`(${taskIdsCommand})`)}`;
  return value === 'free' ? only.trim() : `${only}-a ${quoted(value.words.join(' '))}`;
}

/** In single quotes, in which fish knows only \\\\ and \\'. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function nameOf({ name }: Flag): string {
  return name;
}
