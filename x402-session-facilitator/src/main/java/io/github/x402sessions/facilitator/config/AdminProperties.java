package io.github.x402sessions.facilitator.config;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The admin API, which there is where somebody may use it.
 *
 * @param operators who may, each with a credential of its own
 */
@ConfigurationProperties("facilitator.admin")
public record AdminProperties(@DefaultValue List<OperatorProperties> operators) {

	/**
	 * Check that nobody is confused with somebody else.
	 * @throws InvalidPropertyException if two have the same name or credential
	 */
	public AdminProperties {
		operators = List.copyOf(operators);
		if (operators.stream().map(OperatorProperties::name).distinct().count() < operators.size()) {
			throw new InvalidPropertyException("admin.operators[].name", "is there twice",
					"Give each operator a name of its own: the audit log knows them by it.");
		}
		if (operators.stream().map(OperatorProperties::lowerHash).distinct().count() < operators.size()) {
			throw new InvalidPropertyException("admin.operators[].hash", "is there twice",
					"Give each operator a credential of its own.");
		}
	}

	/**
	 * Check that no resource server has an operator's credential.
	 * @param servers the keys of resource servers
	 * @throws InvalidPropertyException if one has
	 */
	public void requireApartFrom(List<KeyProperties> servers) {
		List<String> hashes = this.operators.stream().map(OperatorProperties::lowerHash).toList();
		if (servers.stream().anyMatch((server) -> hashes.contains(server.key().hash()))) {
			throw new InvalidPropertyException("admin.operators[].hash", "is that of a resource server's key",
					"Make a credential for the operator alone: openssl rand -hex 32.");
		}
	}

}
