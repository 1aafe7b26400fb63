/**
 * The output of the agent: as text or as JSON lines, with the results that it tells.
 */
@NullMarked
package io.github.x402sessions.samples.agent.report;

import org.jspecify.annotations.NullMarked;
