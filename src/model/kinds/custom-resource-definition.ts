import type { JsonObject } from '../object.ts';
import type { KubernetesObject } from './metadata.ts';

/**
 * A CustomResourceDefinition. The fields of apiextensions.k8s.io/v1 and those that only v1beta1 has (`version`, `validation`,
 * `preserveUnknownFields` with default true), as k8s.io/apiextensions-apiserver v0.24 has them.
 */
export interface CustomResourceDefinition extends KubernetesObject {
  readonly spec?: CustomResourceDefinitionSpec;
}

export interface CustomResourceDefinitionSpec {
  readonly group?: string;
  readonly names?: CustomResourceDefinitionNames;
  readonly scope?: string;
  readonly versions?: readonly CustomResourceDefinitionVersion[];
  readonly version?: string;
  readonly validation?: CustomResourceValidation;
  readonly preserveUnknownFields?: boolean;
}

export interface CustomResourceDefinitionNames {
  readonly plural?: string;
  readonly singular?: string;
  readonly shortNames?: readonly string[];
  readonly kind?: string;
  readonly listKind?: string;
  readonly categories?: readonly string[];
}

export interface CustomResourceDefinitionVersion {
  readonly name?: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: CustomResourceValidation;
  readonly subresources?: { readonly status?: JsonObject; readonly scale?: JsonObject };
}

/** The schema stays JSON; `src/model/custom-schemas.ts` turns it into a type. */
export interface CustomResourceValidation {
  readonly openAPIV3Schema?: JsonObject;
}
