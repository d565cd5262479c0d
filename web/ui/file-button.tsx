/** A button that lets somebody choose one file of the device. */
import { Button, type ButtonKind } from "./button.tsx";
import type { IconOf } from "./icon.tsx";

type FileButtonProps = {
  words: string;
  kind?: ButtonKind;
  icon?: IconOf;
  /** Endings and types that the device offers first. */
  accept?: string;
  busy?: boolean;
  onFile: (file: File) => void;
};

export function FileButton(props: FileButtonProps) {
  let picker: HTMLInputElement | undefined;
  const chosen = () => {
    const file = picker?.files?.[0];
    // the same file may be chosen again
    if (picker) picker.value = "";
    if (file) props.onFile(file);
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={props.words}
        accept={props.accept}
        data-testid="file"
        onChange={chosen}
      />
      <Button kind={props.kind} icon={props.icon} busy={props.busy} onClick={() => picker?.click()}>
        {props.words}
      </Button>
    </>
  );
}
