/** Generated words to write down or copy; rolled anew, or left for words of one's own. */
import "./phrase.css";
import Dices from "lucide-solid/icons/dices";
import { For, type JSX } from "solid-js";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy.tsx";

type PhraseProps = {
  label: string;
  hint: string;
  phrase: string;
  rollLabel: string;
  onRoll: () => void;
  ownLabel: string;
  onOwn: () => void;
  /** What others than people read. */
  children?: JSX.Element;
};

export function Phrase(props: PhraseProps) {
  return (
    <fieldset class="phrase">
      <legend class="field-label">{props.label}</legend>
      <output class="phrase-words" translate="no">
        <For each={props.phrase.split(" ")}>{(word) => <span class="phrase-word">{word} </span>}</For>
      </output>
      {props.children}
      <p class="field-hint">{props.hint}</p>
      <div class="phrase-acts">
        <CopyButton small text={props.phrase} />
        <Button small icon={Dices} onClick={props.onRoll}>
          {props.rollLabel}
        </Button>
        <Button small kind="plain" onClick={props.onOwn}>
          {props.ownLabel}
        </Button>
      </div>
    </fieldset>
  );
}
