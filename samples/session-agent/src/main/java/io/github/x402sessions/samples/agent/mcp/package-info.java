/**
 * An MCP server over standard input and output, by which a model buys within a budget.
 */
@NullMarked
package io.github.x402sessions.samples.agent.mcp;

import org.jspecify.annotations.NullMarked;
