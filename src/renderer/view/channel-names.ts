/** The fields in which a channel's names are typed. */
export const NAME_FIELDS = [
  { name: 'section', label: 'Section' },
  { name: 'eventS2c', label: 'Event server → client' },
  { name: 'eventC2s', label: 'Event client → server' },
] as const;
