/**
 * Stands in for `debug`, through which fhirclient would write tokens to the console as soon as
 * `localStorage.debug` is set on a workstation. It does not ship (vite.config.ts).
 */
const silent = () => undefined;
silent.extend = () => silent;
module.exports = () => silent;
