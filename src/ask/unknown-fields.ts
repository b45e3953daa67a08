import type { Cluster } from '../cluster/index/cluster.ts';
import { lintedObjects } from '../lint/facts/schema-check.ts';
import { mayDecide, unknownValues } from '../model/unknown-values.ts';
import type { LineColumn } from '../text/source.ts';
import { formatFieldPath } from '../text/tree.ts';
import { objectName, type ObjectValue } from './values/object-value.ts';
import { placeValueAt } from './values/reason-value.ts';

/** A field whose value is not known. Lines and columns count from 1. */
export interface UnknownFieldValue extends LineColumn {
  readonly file: string;
  readonly object: ObjectValue;
  /** `spec.storageClassName` */
  readonly path: string;
}

/** The values of a cluster's linted objects that verdicts may look at and that are not known. */
export function unknownFields(cluster: Cluster): UnknownFieldValue[] {
  return lintedObjects(cluster).flatMap((object) =>
    unknownValues(object)
      .filter((value) => mayDecide(object, value))
      .map(({ path, span }) => {
        const { file, start } = placeValueAt(object.document.file, span);
        return { file, ...start, object: objectName(object), path: formatFieldPath(path) };
      }),
  );
}
