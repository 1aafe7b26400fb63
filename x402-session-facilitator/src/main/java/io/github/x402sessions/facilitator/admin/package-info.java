/**
 * The admin API: calls of operators on the management port, a class for each kind of
 * thing that they look at and decide. Another kind is another {@code AdminResource}.
 */
@NullMarked
package io.github.x402sessions.facilitator.admin;

import org.jspecify.annotations.NullMarked;
