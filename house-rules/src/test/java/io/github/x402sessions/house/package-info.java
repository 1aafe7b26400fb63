/**
 * The house rules that can be checked: who may know whom, in which order, under which
 * name. Each class is about one of them, for all modules.
 */
@NullMarked
package io.github.x402sessions.house;

import org.jspecify.annotations.NullMarked;
