import type { Json } from '../../../model/object.ts';
import { plainJson } from '../../../model/object-value.ts';
import type { SourceFile } from '../../../text/source.ts';
import { readYaml } from '../../../text/yaml/read-yaml.ts';
import { isKnownKind } from '../data/scopes.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { BUILTIN_SCHEMAS, customSchemas, type Schema, type Schemas } from '../merge/schema.ts';

/** The only version that is built in. */
const BUILTIN_VERSION = 'v1.21.2';

/** What must be known of a kind before its schema is asked for. */
const NO_SCHEMA: Schemas = { ofKind: () => undefined, fromJson: BUILTIN_SCHEMAS.fromJson };

/**
 * The schemas of one build, which in the real tool are state of the process: the first kustomization that names one sets it for all, and the built-in
 * one joins it if it was needed before (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, openapi/openapi.go).
 */
export class SchemaState implements Schemas {
  /** Whether a kustomization named a schema. */
  isSet = false;
  private custom: SourceFile | undefined;
  private parsed: Schemas = NO_SCHEMA;
  private isReady = false;
  /** Whether the built-in schema is in use, or was asked for. */
  private builtin: 'no' | 'asked' | 'yes' = 'no';

  /** What a kustomization's `openapi` field asks for. */
  set(version: string | undefined, file: SourceFile | undefined, isRoot: boolean): void {
    if (this.isSet && !isRoot) return;
    if (file !== undefined) {
      if (version !== undefined) {
        throw new KustomizeFailure('builtin version and custom schema provided, cannot use both');
      }
      this.custom = file;
      this.isReady = false;
    } else if (version !== undefined && version !== '') {
      if (version !== BUILTIN_VERSION) throw new KustomizeFailure('the specified OpenAPI version is not built in');
      this.custom = undefined;
      this.isReady = false;
    } else return;
    this.isSet = true;
  }

  /** Takes notice of what another build used; neither was told of a schema. */
  join({ builtin, isReady }: SchemaState): void {
    if (isReady) this.prepare();
    else if (builtin === 'asked' && this.builtin === 'no') this.builtin = 'asked';
  }

  /** Is told of every object that is read: whether its kind has a namespace may be a question for the schema. */
  noteKind(apiVersion: string, kind: string): void {
    if (this.isReady || (this.custom === undefined && this.builtin !== 'no') || isKnownKind(apiVersion, kind)) return;
    if (this.custom !== undefined) this.prepare();
    else this.builtin = 'asked';
  }

  readonly ofKind = (apiVersion: string, kind: string): Schema | undefined => {
    this.prepare();
    return (
      this.parsed.ofKind(apiVersion, kind) ??
      (this.builtin === 'yes' ? BUILTIN_SCHEMAS.ofKind(apiVersion, kind) : undefined)
    );
  };

  readonly fromJson = (schema: Json): Schema | undefined => {
    this.prepare();
    return this.parsed.fromJson(schema);
  };

  private prepare(): void {
    if (this.isReady) return;
    this.isReady = true;
    if (this.custom === undefined || this.builtin === 'asked') this.builtin = 'yes';
    if (this.custom !== undefined) this.parsed = readSchemas(this.custom);
  }
}

function readSchemas(file: SourceFile): Schemas {
  const { root } = readYaml(`${file.text}\n`, 0, file.text.length + 1);
  const schemas = root === undefined ? undefined : customSchemas(plainJson(root));
  if (schemas === undefined) throw new KustomizeFailure('panic: invalid schema file');
  return schemas;
}
