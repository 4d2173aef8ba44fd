/** Usage, unreadable input or an unwritable file: told in one line, exit 2. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

/** Exit codes: 0 clean, 1 findings, 2 usage or unreadable input. */
export const CLEAN = 0;
export const FINDINGS = 1;
export const FAILED = 2;
