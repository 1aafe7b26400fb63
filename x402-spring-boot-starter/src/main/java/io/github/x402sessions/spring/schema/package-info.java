/**
 * JSON Schemas of what handlers take and return, and examples that fit them.
 */
@NullMarked
package io.github.x402sessions.spring.schema;

import org.jspecify.annotations.NullMarked;
