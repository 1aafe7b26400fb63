/**
 * Tools of an MCP server: what they cost, and a call of one.
 */
@NullMarked
package io.github.x402sessions.samples.agent.tools;

import org.jspecify.annotations.NullMarked;
