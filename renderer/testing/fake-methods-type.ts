import type {
  CoreMethod,
  MethodInput,
  MethodOutput,
} from "#core/contract/methods.ts";

export type FakeMethods<M extends CoreMethod = CoreMethod> = {
  readonly [Name in M]: (input: MethodInput<Name>) => MethodOutput<Name>;
};
