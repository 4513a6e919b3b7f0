import { type ReactNode, useId } from "react";

/** A label, its control, and below it what is wrong in words. */
export function Labelled(props: {
  readonly label: string;
  readonly required?: boolean;
  readonly problem?: string | undefined;
  readonly hint?: ReactNode;
  readonly wide?: boolean;
  readonly children: (ids: { id: string; describedBy: string }) => ReactNode;
}) {
  const id = useId();
  const describedBy = `${id}-about`;
  return (
    <div className={props.wide ? "ask-row is-wide" : "ask-row"}>
      <label className="ask-label" htmlFor={id}>
        {props.label}
        {props.required && (
          <span className="ask-must" aria-hidden="true">
            *
          </span>
        )}
      </label>
      <div className="ask-control">
        {props.children({ id, describedBy })}
        <div id={describedBy}>
          {props.problem && <p className="ask-problem">{props.problem}</p>}
          {props.hint && <p className="ask-hint">{props.hint}</p>}
        </div>
      </div>
    </div>
  );
}
