/** A form of one column: fields, the sentence of what went wrong, the buttons. */
import "./form.css";
import { type JSX, Show } from "solid-js";
import { Banner } from "./banner.tsx";

type FormProps = {
  onSubmit: () => void;
  error?: string;
  children: JSX.Element;
  /** The buttons, main one first. */
  acts: JSX.Element;
};

export function Form(props: FormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form class="form" novalidate onSubmit={submit}>
      {props.children}
      <Show when={props.error}>
        <Banner tone="loss">{props.error}</Banner>
      </Show>
      <div class="form-acts">{props.acts}</div>
    </form>
  );
}
