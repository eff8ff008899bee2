import { Button, type ButtonProps, ToggleButton, type ToggleButtonProps, Tooltip } from '@fluentui/react-components';

interface Named {
  /** Its accessible name, and its tooltip. */
  readonly label: string;
  /** The tooltip, if it says more than the name. */
  readonly hint?: string;
  /** The equivalent shortcut, shown in the tooltip. */
  readonly keys?: string;
}

const tip = (words: string, keys: string | undefined) => (keys === undefined ? words : `${words} (${keys})`);

/** A small toolbar button with only an icon. */
export function IconButton({ label, hint, keys, ...button }: Named & ButtonProps) {
  return (
    <Tooltip content={tip(hint ?? label, keys)} relationship="inaccessible">
      <Button size="small" appearance="subtle" aria-label={label} {...button} />
    </Tooltip>
  );
}

/** The same for what is on or off. */
export function IconToggle({ label, hint, keys, ...button }: Named & ToggleButtonProps) {
  return (
    <Tooltip content={tip(hint ?? label, keys)} relationship="inaccessible">
      <ToggleButton size="small" appearance="subtle" aria-label={label} {...button} />
    </Tooltip>
  );
}
