export { answerNetworkCase as answer } from './network-case.ts';
