// docs/commands/: an index, and a page for every topic.

const NOTE = '<!-- Made by `npm run docs` from the program. Do not edit. -->'

/** Pairs of path and text. */
export function commandPages(manifest, topics) {
  const commands = Object.values(manifest.commands).filter(({ hidden }) => !hidden)
  const byTopic = Map.groupBy(commands.sort(byId), ({ id }) => id.split(':')[0])
  const pages = [...byTopic].map(([topic, members]) => [`docs/commands/${topic}.md`, topicPage(topic, members, topics)])
  return [['docs/commands/README.md', indexPage(byTopic, commands)], ...pages]
}

function indexPage(byTopic, commands) {
  const rows = [...byTopic].flatMap(([topic, members]) =>
    members.map((command) => `| [\`${spoken(command)}\`](${topic}.md#${anchor(command)}) | ${cell(command.summary)} |`),
  )
  const globals = Object.values(commands[0].flags).filter(({ helpGroup }) => helpGroup === 'GLOBAL')
  return page([
    '# Commands',
    'Generated from the program; `tessera COMMAND --help` shows the same.',
    `| command | what it does |\n| --- | --- |\n${rows.join('\n')}`,
    '## Flags of every command',
    flagTable(globals),
  ])
}

function topicPage(topic, commands, topics) {
  const description = topics[topic]?.description
  return page([
    `# \`tessera ${topic}\``,
    ...(description === undefined ? [] : [description]),
    ...commands.map(commandSection),
  ])
}

function commandSection(command) {
  const args = Object.values(command.args)
  const flags = Object.values(command.flags).filter(({ helpGroup, hidden }) => helpGroup !== 'GLOBAL' && !hidden)
  const usage = [spoken(command), ...args.map(argUsage), ...(flags.length > 0 ? ['[flags]'] : [])].join(' ')
  return [
    `## \`${spoken(command)}\``,
    command.summary,
    ...(command.description ? [fill(command.description)] : []),
    `\`\`\`\n${usage}\n\`\`\``,
    ...(args.length > 0 ? [argTable(args)] : []),
    ...(flags.length > 0 ? [flagTable(flags)] : []),
    ...(command.examples?.length > 0 ? ['Examples:', ...command.examples.map(example)] : []),
  ].join('\n\n')
}

function example({ description, command }) {
  return `${description}:\n\n\`\`\`sh\n${fill(command)}\n\`\`\``
}

function argTable(args) {
  const rows = args.map(
    ({ name, description, required, default: preset }) =>
      `| \`${name.toUpperCase()}\` | ${cell(description)}${required ? ' Required.' : ''}${presetNote(preset)} |`,
  )
  return `| argument | meaning |\n| --- | --- |\n${rows.join('\n')}`
}

function flagTable(flags) {
  const rows = flags.map((flag) => {
    const value = flag.type === 'option' ? ` ${flag.options?.join('\\|') ?? flag.helpValue ?? 'VALUE'}` : ''
    const short = flag.char === undefined ? '' : `\`-${flag.char}\`, `
    const no = flag.allowNo ? `, \`--no-${flag.name}\`` : ''
    const notes = [
      flag.required ? ' Required.' : '',
      flag.multiple && !/repeated|several times/.test(flag.summary ?? '') ? ' May be repeated.' : '',
      presetNote(flag.default),
    ]
    const env = flag.env === undefined ? '' : ` Variable: \`${flag.env}\`.`
    const text = cell(flag.summary ?? flag.description)
    return `| ${short}\`--${flag.name}${value}\`${no} | ${text}${notes.join('')}${env} |`
  })
  return `| flag | meaning |\n| --- | --- |\n${rows.join('\n')}`
}

function argUsage({ name, required }) {
  return required ? name.toUpperCase() : `[${name.toUpperCase()}]`
}

function presetNote(preset) {
  return preset === undefined || preset === false ? '' : ` Default: \`${preset}\`.`
}

function spoken({ id }) {
  return `tessera ${id.replaceAll(':', ' ')}`
}

function anchor(command) {
  return spoken(command).replaceAll(' ', '-')
}

function fill(text) {
  return text.replaceAll('<%= config.bin %>', 'tessera')
}

function cell(text = '') {
  return fill(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function page(parts) {
  return `${[NOTE, ...parts].join('\n\n')}\n`
}

function byId(a, b) {
  return a.id < b.id ? -1 : 1
}
