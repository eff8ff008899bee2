/** The input fields for a channel's names. */
export const NAME_FIELDS = [
  { name: 'section', label: 'Section' },
  { name: 'eventS2c', label: 'Event server → client' },
  { name: 'eventC2s', label: 'Event client → server' },
] as const;
