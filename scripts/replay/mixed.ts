export { answer } from './admission-case.ts';
