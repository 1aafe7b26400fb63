/**
 * Pays for the tools that a client of the MCP Java SDK calls.
 */
@NullMarked
package io.github.x402sessions.adapter.mcp;

import org.jspecify.annotations.NullMarked;
