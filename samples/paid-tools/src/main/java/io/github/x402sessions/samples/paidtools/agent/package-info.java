/**
 * The agent: a model that calls tools, and a budget that they are paid from.
 */
@NullMarked
package io.github.x402sessions.samples.paidtools.agent;

import org.jspecify.annotations.NullMarked;
