/**
 * Auto-configuration of paid tools in servers of Spring AI.
 */
@NullMarked
package io.github.x402sessions.mcp.autoconfigure;

import org.jspecify.annotations.NullMarked;
