import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of designs and of the pictures that belong to them. */
export const DESIGNS_ERRORS = {
  DESIGN_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'There is no such design.',
    cause: 'The launch has no folder designs/NAME.pkpasstemplate with that name.',
    remedy: 'List the designs with `tessera design list`, or make one with `tessera design new NAME --kind bonus`.',
  },
  DESIGN_EXISTS: {
    exit: EXIT.badInput,
    title: 'A design of that name is already there.',
    cause: 'Tessera never overwrites a design, since somebody may have worked on it.',
    remedy: 'Choose another name, or remove the folder that the message names if it is no longer wanted.',
  },
  DESIGN_NAME: {
    exit: EXIT.usage,
    title: 'The name does not serve as the name of a design.',
    cause:
      'The name becomes a folder name: letters, digits, "-" and "_", at most 64, beginning with a letter or digit.',
    remedy: 'Choose a name such as bonus or summer-2027.',
  },
  DESIGN_INVALID: {
    exit: EXIT.badInput,
    title: 'A design has a mistake in it.',
    cause: 'pass.json, design.yaml or one of the pictures is missing, malformed, or contradicts the others.',
    remedy: 'Correct the file at the place that the message names; docs/guides/designs.md explains every key.',
  },
  DESIGN_UNSAFE: {
    exit: EXIT.badInput,
    title: 'A design holds something that is not put into cards for safety.',
    cause: 'A symbolic link or an unusual file could bring files from elsewhere on this computer into every card.',
    remedy: 'Replace the link by a copy of the file it points to, or remove it.',
  },
  DESIGN_TOO_LARGE: {
    exit: EXIT.badInput,
    title: 'A design is too large to be put into every card.',
    cause: 'Every card carries all pictures of its design, so their number and size are limited.',
    remedy: 'Make the picture that the message names smaller: 1125 x 369 pixels are enough for the largest.',
  },
  DESIGN_UNREADABLE: {
    exit: EXIT.environment,
    title: 'A design cannot be read or written.',
    cause: 'The folder or a file in it is missing, protected, or the disk is full.',
    remedy: 'Check the path that the message names, its permissions and the free space, then run the command again.',
  },
  PASS_UNREADABLE: {
    exit: EXIT.badInput,
    title: 'The file or folder is not a pass that can be read.',
    cause:
      'It is no zip archive and no folder with a pass.json, its pass.json is no JSON, or it is unreasonably large.',
    remedy:
      'Give a .pkpass, a .pkpasses, or a folder that holds pass.json; download the file again if it came from elsewhere.',
  },
  IMPORT_MIXED: {
    exit: EXIT.badInput,
    title: 'The passes are of different kinds.',
    cause:
      'Several passes are compared to find out what differs from member to member, which needs cards of one design.',
    remedy: 'Give passes of one kind, or import each of them under a name of its own.',
  },
  DESIGN_VERSION: {
    exit: EXIT.badInput,
    title: 'There is no such version of the design.',
    cause:
      'Versions are counted from 1 and made when a design that was changed is published, or cards are issued from it.',
    remedy: 'Give NAME@published for what cards are signed with now, or a number that the message names.',
  },
  PICTURES_MISSING: {
    exit: EXIT.environment,
    title: 'A picture that was drawn or prepared before is no longer there.',
    cause: 'The cache folder of the launch was emptied or is incomplete.',
    remedy:
      'Run the `tessera issue` command of these cards again; it prepares missing pictures and changes nothing else.',
  },
  PORT_UNAVAILABLE: {
    exit: EXIT.environment,
    title: 'There can be no listening on that port.',
    cause: 'Another program listens on it already, or the port is reserved by the operating system.',
    remedy: 'Name another with --port; with 0 a free one is taken.',
  },
  NO_TERMINAL: {
    exit: EXIT.usage,
    title: 'There is no terminal to draw the picture on.',
    cause: 'Standard output goes into a file or another program, which would get escape sequences.',
    remedy: 'Write a file with --out FILE.png, or name what the reader understands with --terminal-protocol.',
  },
  RULE_UNKNOWN: {
    exit: EXIT.usage,
    title: 'There is no rule of that name.',
    cause: 'Rules have names such as picture.icon-scale, a group and what is checked.',
    remedy: 'List the rules with `tessera pass explain`; those of designs alone with `tessera design check --rules`.',
  },
  PICTURE_UNUSABLE: {
    exit: EXIT.badInput,
    title: 'A picture cannot be used.',
    cause: 'The file is missing, damaged, too large, of an unknown kind, or refers to something outside of it.',
    remedy: 'Give a PNG, JPEG, SVG, WebP, AVIF, GIF or TIFF file; for a logo best an SVG or a PNG without a ground.',
  },
  COLOUR_UNKNOWN: {
    exit: EXIT.usage,
    title: 'A colour is not written in a way that is known.',
    cause: 'A colour is six or three hexadecimal digits, rgb(…) with three numbers up to 255, or a name of CSS.',
    remedy: 'Write it as "#1f6f5c", "rgb(31, 111, 92)" or navy.',
  },
} as const satisfies Record<string, ErrorEntry>
