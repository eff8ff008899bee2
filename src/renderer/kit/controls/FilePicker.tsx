import { Button, type ButtonProps } from '@fluentui/react-components';
import { useRef } from 'react';

interface Props extends Pick<ButtonProps, 'size' | 'icon'> {
  /** Of the input that a screen reader finds. */
  readonly label: string;
  /** Extensions, in the form of a file input. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly take: (files: readonly File[]) => Promise<void>;
  readonly children: string;
}

/** A button that lets the user choose files. */
export function FilePicker({ label, accept, multiple = false, take, children, ...button }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const element = event.currentTarget;
          // The same file can be chosen again after it was changed.
          void take([...(element.files ?? [])]).finally(() => {
            element.value = '';
          });
        }}
      />
      <Button {...button} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
