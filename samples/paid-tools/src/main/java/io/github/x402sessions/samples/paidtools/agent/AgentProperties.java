package io.github.x402sessions.samples.paidtools.agent;

import java.net.URI;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the agent.
 *
 * @param server where the tools are
 * @param secret secret key of the account that pays, S…
 * @param facilitator who may spend what the account approves
 * @param rpc JSON-RPC of the ledger
 * @param recipient the only one that is paid
 * @param budget what may be spent in all, whole tokens
 * @param maxPerCall the most that one call may cost, whole tokens
 * @param questions what it is asked
 */
@ConfigurationProperties("agent")
record AgentProperties(URI server, String secret, URI facilitator, URI rpc, String recipient, String budget,
		String maxPerCall, List<String> questions) {

	@Override
	public String toString() {
		return "AgentProperties[server=" + this.server + ", budget=" + this.budget + "]";
	}

}
