import { Component, type ReactNode } from "react";
import { ErrorNote } from "#renderer/parts/index.ts";

/** A bug of one screen must not take the strip, the rail and the keys with it. */
export class Fault extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <ErrorNote error={{ id: "bug" }} again={() => this.setState({ broken: false })} />;
  }
}
