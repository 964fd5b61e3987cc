import { Flags } from '@oclif/core'
import { TesseraCommand } from '../cli/base-command.js'

export default class Serve extends TesseraCommand<typeof Serve> {
  static override summary = 'Run the Wallet web service: phones register cards and get their updates from it.'
  static override description =
    `Answers Apple Wallet and the Android readers, and shows each card's page with "Add to Apple Wallet". Prints its address
and runs until Ctrl-C or SIGTERM, when it answers what is under way and ends. Several may run on one launch.

It listens on 127.0.0.1 unless service.host of tessera.yaml or --host says otherwise. Phones want HTTPS: put a proxy in
front (and name it in service.trustedProxies), or give a certificate in service.tls. /health and /ready are for load
balancers, /metrics (Prometheus) is for this machine only. The access log names no address, card or person.`

  static override examples = [
    { description: 'On the port of tessera.yaml:', command: '<%= config.bin %> serve' },
    {
      description: 'On a free port, without an access log:',
      command: '<%= config.bin %> serve --port 0 --access-log off',
    },
    {
      description: 'For all of this machine, with a log for a collector:',
      command: '<%= config.bin %> serve --host 0.0.0.0 --port 8443 --access-log json',
    },
  ]

  static override flags = {
    port: Flags.integer({
      char: 'p',
      summary: 'Port to listen on; 0 for a free one.',
      min: 0,
      max: 65_535,
      helpValue: 'N',
    }),
    host: Flags.string({ summary: 'Address to listen on.', helpValue: 'ADDRESS' }),
    'share-port': Flags.boolean({
      summary:
        'Let other processes listen on the same port: the operating system shares it out (Linux, Node 23 or newer).',
    }),
    'access-log': Flags.option({
      options: ['auto', 'text', 'json', 'off'] as const,
      default: 'auto',
      summary: 'A line for each request, on stderr: as text on a terminal, as JSON elsewhere.',
    })(),
  }

  async run(): Promise<object> {
    const [{ startService }, { accessLine }] = await Promise.all([
      import('../app/serve/serve.js'),
      import('../app/serve/access-line.js'),
    ])
    const { signal, flags } = this
    const launch = await this.openLaunch()
    const format = flags['access-log'] === 'auto' ? (this.onTerminal ? 'text' : 'json') : flags['access-log']
    let requests = 0
    const service = await startService(launch, {
      host: flags.host,
      port: flags.port,
      sharePort: flags['share-port'],
      onRequest: (record) => {
        requests++
        if (format !== 'off') this.diagnose(accessLine(record, format))
      },
      onNote: (text) => this.diagnose(text),
    })
    // The one value of --json comes at the end, and the address may be wanted before.
    if (this.jsonEnabled()) this.diagnose(service.address)
    this.print(service.address)
    this.say(`Serving ${launch.dir} for ${service.publicUrl}. Ctrl-C ends it.`)
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await service.close()
    return { address: service.address, url: service.publicUrl, requests }
  }
}
