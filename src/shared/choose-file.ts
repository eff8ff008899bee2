import * as v from 'valibot';

/** What the user can be asked to choose from this machine's files. */
const CHOSEN_FILES = ['program', 'scenario'] as const;
export type ChosenFile = (typeof CHOSEN_FILES)[number];
export const chosenFileSchema = v.picklist(CHOSEN_FILES, 'Nothing of that kind can be chosen.');
