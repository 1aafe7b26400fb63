/**
 * Paid MCP tools: servers that charge for tools, and clients that pay for them.
 */
@NullMarked
package io.github.x402sessions.mcp;

import org.jspecify.annotations.NullMarked;
