/**
 * What the API is, told by the API: an OpenAPI and an AsyncAPI document, made of the bindings of the
 * router and the definitions of the collections, and a page to read them.
 */
@NullMarked
package dev.genstore.apidocs;

import org.jspecify.annotations.NullMarked;
