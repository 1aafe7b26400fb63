package io.github.x402sessions.samples.agent.mcp;

import java.util.Set;

/**
 * A tool for models.
 */
interface AgentTool {

	/** The names of its arguments. */
	Set<String> arguments();

	/**
	 * Do it. May be called by several threads at a time; interrupted where the client
	 * gives up.
	 * @return the result, an object in JSON
	 * @throws RefusedException if it is not to be done, or cannot be
	 */
	Object call(Arguments arguments);

}
