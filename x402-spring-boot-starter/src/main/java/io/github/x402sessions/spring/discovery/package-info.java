/**
 * Tells catalogues and agents what is for sale and how it is called: the extension
 * {@code bazaar} of challenges, made of what Spring knows of handlers, and the list at
 * {@code /.well-known/x402}.
 */
@NullMarked
package io.github.x402sessions.spring.discovery;

import org.jspecify.annotations.NullMarked;
