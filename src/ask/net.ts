/** The questions about traffic, with the types of their answers. */
export { connectivity } from './net/connectivity.ts';
export type { ConnectionEnd, ConnectionValue, ConnectivityValue } from './net/connectivity.ts';
export { netDiff } from './net/diff.ts';
export type { DiffEndValue, FlowChangeValue, FlowTurn, NetDiffValue } from './net/diff.ts';
export type { DecidedValue } from './net/decided.ts';
export type { WorkloadValue } from './net/ends.ts';
export { netExposure } from './net/exposure.ts';
export type {
  EntryPointValue,
  ExposedValue,
  ExposureRequest,
  ExposureValue,
  NewPodValue,
  SideExposureValue,
  WorkloadExposureValue,
} from './net/exposure.ts';
export type { FamilyOptions } from './net/family.ts';
export { netFlow } from './net/flow.ts';
export type { FlowRequest, FlowsValue, FlowValue, PacketValue, StepValue, WitnessValue } from './net/flow.ts';
export { netList, netListSummary } from './net/list.ts';
export type { ListedConnection, ListedGroup, NetListSummary, NetListValue } from './net/list.ts';
export { netMatrix } from './net/matrix.ts';
export type { CellValue, MatrixCellValue, MatrixNodeValue, MatrixRequest, NetMatrixValue } from './net/matrix.ts';
export { netPicture } from './net/picture.ts';
export type { NetPictureValue } from './net/picture.ts';
export type { EdgeStyle, GraphEdge, GraphNode, NetGraph } from './net/picture/graph.ts';
export type { RefusedValue } from './net/refused.ts';
export type { DirectionDefault, TrafficDefault } from './net/traffic-defaults.ts';
export type { NumberRange, PacketRanges, TrafficValue } from './net/traffic-value.ts';
export type { FlowsRequest } from './net/view/question.ts';
