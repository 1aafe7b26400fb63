package io.github.x402sessions.facilitator.store;

import java.time.Clock;

/**
 * The processes that share the books. Each says now and then that it is alive; what one
 * leaves behind that has not said so for a while, any other takes up. That a node is
 * taken for dead while it is only slow does no harm: every step in the books is taken
 * once, whoever tries. Implementations are thread-safe.
 */
public interface Nodes {

	/**
	 * Return the name of this process.
	 * @return a name that no other process has or ever had
	 */
	String self();

	/**
	 * Return the store's time, by which nodes judge leases and each other.
	 * @return a clock that is set with every beat
	 */
	Clock clock();

	/**
	 * Say that this process begins. Where the store is for one process alone, whatever
	 * others left can be taken up at once.
	 */
	void begin();

	/** Say that this process is alive, by the store's time, which is read anew. */
	void beat();

	/** Say that this process ends. */
	void leave();

}
