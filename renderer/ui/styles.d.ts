import "react";

/** Custom properties may be set from a component; they go through the style object, never through text. */
declare module "react" {
  interface CSSProperties {
    readonly [property: `--${string}`]: string | number | undefined;
  }
}
