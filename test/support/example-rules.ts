/** How an example of the help or the docs is run, where the prepared launch alone is not enough. */
export interface ExampleRule {
  /** Shell lines run before, in the copy of the launch (HOME is the copy too). */
  readonly setup?: string
  /** Expected exit code; 0 when undefined. */
  readonly exit?: number
  /** Why the example cannot be run here. It is still parsed. */
  readonly skip?: string
}

const P12 = 'openssl pkcs12 -export -in certs/pass.pem -inkey certs/pass.key.pem -out pass.p12 -passout pass:secret'

/** Serves until it is asked to end, which it is as soon as it says where. */
const UNTIL_SERVED =
  'tessera() { command tessera "$@" >served.txt & until grep -q http served.txt; do kill -0 $! && sleep 0.2 || return 1; done; kill -TERM $!; wait $!; }'
const LOGO = `echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4"/></svg>' > logo.svg`
// What a picture is, its bytes say, whatever its name.
const PHOTO = 'cp designs/bonus.pkpasstemplate/strip@3x.png photo.jpg'

const CARD = 'cp cards/*/1005.pkpass card.pkpass'
const TWO_CARDS = 'cp cards/*/1005.pkpass old.pkpass && cp cards/*/1006.pkpass new.pkpass'

const CHANGES =
  "printf 'serial,balance,level,expires\\n1001,1350,,\\n1003,2500,Platinum,2099-12-31\\n1004,,,never\\n' > changes.csv"
/** As the guide on changing cards wants it. */
const EDITED = `sed -i 's/"label": "Member"/"changeMessage": "This card is now for %@", &/' designs/bonus.pkpasstemplate/pass.json`

/** A sheet of faces that the package of the models brings along. */
const SHEET = `cp "${new URL('../../node_modules/@vladmandic/human/assets/', import.meta.url).pathname}screenshot-facedetect.jpg" group.jpg`
const PHOTOS = `${SHEET} && mkdir photos && cp group.jpg photos/`
const path = (name: string) => new URL(name, import.meta.url).pathname
/** A small recognition model. */
const recogniser = (file: string) =>
  `"${process.execPath}" --import "${path('./resolve-ts.mjs')}" "${path('./small-recogniser.ts')}" ${file}`
const R50 = `${recogniser('r50.onnx')} && tessera face models add r50.onnx --recipe arcface`
/** A folder of that name with a folder of photos per person. Converted networks are shared by the copies of the launch. */
const people = (dir: string): string =>
  `export XDG_CACHE_HOME="$PWD/../cache" && "${process.execPath}" "${new URL('./crop-people.ts', import.meta.url).pathname}" ${dir}`
const LFW = `${people('lfw')} && printf '1\\nman\\t1\\t2\\nman\\t1\\tp0\\t1\\n' > pairs.txt`
const UTKFACE = `${people('people')} && mkdir utkface && cp people/man/man_0001.jpg utkface/45_0_0_1.jpg`

/** Command line -> rule. Everything that is not here must succeed in a copy of the prepared launch. */
export const EXAMPLE_RULES: Readonly<Record<string, ExampleRule>> = {
  'tessera design import card.pkpass --dry-run': { setup: 'cp cards/*/1005.pkpass card.pkpass' },
  'tessera design import ann.pkpass ben.pkpass club': {
    setup: 'cp cards/*/1005.pkpass ann.pkpass && cp cards/*/1006.pkpass ben.pkpass',
  },
  'tessera certs import ~/Downloads/pass.cer': {
    setup: 'mkdir Downloads && openssl x509 -in certs/pass.pem -outform DER -out Downloads/pass.cer',
  },
  'tessera certs import pass.p12': { setup: P12, exit: 4 },
  'tessera certs import pass.p12 --passphrase-env P12_PASSPHRASE': {
    setup: `${P12}; export P12_PASSPHRASE=secret`,
  },
  'tessera conformance http://127.0.0.1:8080 --pass ann.pkpass --pass ben.pkpass --update-command "tessera card update {serial} balance={number}"':
    { skip: 'needs a web service' },
  'tessera conformance --pass card.pkpass --junit conformance.xml': { skip: 'needs a web service' },
  'tessera design preview bonus --serve': { setup: UNTIL_SERVED },
  'tessera serve': { setup: `export TESSERA_SERVICE_PORT=0; ${UNTIL_SERVED}` },
  'tessera serve --port 0 --access-log off': { setup: UNTIL_SERVED },
  'tessera serve --host 0.0.0.0 --port 8443 --access-log json': { skip: 'listens to all of the network' },
  'tessera logs --follow': { skip: 'goes on until it is ended; test/commands/serve.test.ts does that' },
  'tessera design new client --kind bonus --brand logo.svg --color "#1f6f5c"': { setup: LOGO },
  'tessera design pictures bonus --logo logo.svg': { setup: LOGO },
  'tessera design pictures bonus --hero photo.jpg --color "#1f6f5c" --dry-run': { setup: PHOTO },
  'tessera certs wwdr': { skip: 'downloads from Apple' },
  'tessera certs wwdr --file AppleWWDRCAG4.cer': { skip: "needs a certificate of Apple's" },
  'tessera pass show card.pkpass': { setup: CARD },
  'tessera pass show card.pkpass --picture card.png --back --locale ru': { setup: CARD },
  'tessera pass show card.pkpass --barcode --strings': { setup: CARD },
  'tessera pass show - --json < card.pkpass': { setup: CARD },
  'tessera pass diff old.pkpass new.pkpass': { setup: TWO_CARDS },
  'tessera pass diff old.pkpass new.pkpass --picture difference.png --locale en': { setup: TWO_CARDS },
  'tessera pass diff old.pkpass new.pkpass --json': { setup: TWO_CARDS },
  'tessera pass unpack card.pkpass': { setup: 'cp cards/*/1005.pkpass card.pkpass' },
  'tessera pass unpack card.pkpass --dry-run': { setup: 'cp cards/*/1005.pkpass card.pkpass' },
  'tessera pass unpack cards.pkpasses cards-by-name': {
    setup: 'tessera card export --zip cards.zip && mv cards.zip cards.pkpasses',
  },
  'tessera pass verify card.pkpass': { setup: CARD, exit: 6 },
  'tessera pass verify https://example.com/card.pkpass': { skip: 'asks a server' },
  'tessera pass verify - --json < card.pkpass': { setup: CARD, exit: 6 },
  'tessera card update --from changes.csv --dry-run': { setup: CHANGES },
  'tessera card update --from changes.csv': { setup: CHANGES },
  'tessera design publish bonus --dry-run': { setup: EDITED },
  'tessera face detect group.jpg': { setup: SHEET },
  'tessera face detect group.jpg --draw faces.png': { setup: SHEET },
  'tessera face detect photos --json': { setup: PHOTOS },
  'tessera face detect photos --output ndjson --vectors': { setup: PHOTOS },
  'tessera face detect group.jpg --min-face 100 --real': { setup: SHEET },
  'tessera face models add r50.onnx --recipe arcface': { setup: recogniser('r50.onnx') },
  'tessera face models add own-model-2027.onnx --recipe recipe.yaml --name own': {
    setup: `${recogniser('own-model-2027.onnx')}; echo '{input: {width: 112, height: 112, channels: bgr}, output: {length: 512}}' > recipe.yaml`,
  },
  'tessera face models show r50': { setup: R50 },
  'tessera face models show r50 --json': { setup: R50 },
  'tessera face models remove r50 --yes': { setup: R50 },
  'tessera face models remove r50 --yes --json': { setup: R50 },
  'tessera face evaluate --pairs pairs.txt --images lfw --all-pairs --plot det.png': { setup: LFW },
  'tessera face evaluate --images people --plot det.svg': { setup: people('people') },
  'tessera face evaluate --images people --scores scores.csv': { setup: people('people') },
  'tessera face evaluate --identify gallery probes --json': { setup: `${people('gallery')} && ${people('probes')}` },
  'tessera face evaluate --cluster people --threshold 0.45': { setup: people('people') },
  'tessera face evaluate --attributes utkface --vectors utkface.ndjson': { setup: UTKFACE },
  'tessera face calibrate people': { setup: people('people') },
  'tessera face calibrate people --dry-run --json': { setup: people('people') },
  'tessera face calibrate lfw --pairs pairs.txt --out calibration.json': { setup: LFW },
}
