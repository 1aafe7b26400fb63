/**
 * Has the MCP clients of a Spring AI application pay for the tools that they call.
 */
@NullMarked
package io.github.x402sessions.mcp.client;

import org.jspecify.annotations.NullMarked;
