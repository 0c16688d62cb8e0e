/**
 * The part of the Standard Schema interface in use (standardschema.dev, version 1). The
 * specification asks libraries to copy its types rather than to depend on a package.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type InOf<S> = S extends StandardSchema<infer Input, infer _Output> ? Input : never;
export type OutOf<S> = S extends StandardSchema<infer _Input, infer Output> ? Output : never;
