/** Something that the engine has to say for a log: a healed row, a rebuilt state, a failed round of upkeep. */
export interface Notice {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}
