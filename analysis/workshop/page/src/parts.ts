// What the tests and claims.mjs use of the page, without a browser.
export {Engine} from './engine';
export {exercises, claimsOf} from './exercises';
export {presets, presetOf} from './presets';
export {textOf, scenarioOf} from './scenario';
export {levers, clamped} from './levers';
export {stateFrom, codeOf, defaultState, linkText, startOf} from './state';
export {valuesOf, chosen} from './value';
export {resultCode, readResult, crc32} from './codes';
export {deflateSync, strToU8} from 'fflate';
