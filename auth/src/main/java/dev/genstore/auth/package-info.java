/**
 * Who makes a request: API keys of the store, and tokens that an issuer has signed. {@link
 * dev.genstore.auth.Gatekeeper} is what a server asks, {@link dev.genstore.auth.ApiKeys} makes and
 * revokes keys.
 */
@NullMarked
package dev.genstore.auth;

import org.jspecify.annotations.NullMarked;
