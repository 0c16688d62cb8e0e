/**
 * What the tag lends to its chunks, name by name, so that Lit and the elements' base exist once on a
 * page. The build of a chunk says which name is missing here.
 */
export { css, html, LitElement, nothing } from 'lit';
